package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What [SystemPostgres] made for packages that have been replaced since.
///
/// @param directory that the trees lie in
record FormerTrees(Path directory) {
  /// Removes them, but for those that a server still runs from: one that an earlier engine started
  /// goes on, and reads its extensions there.
  ///
  /// @param used what servers are started from from now on
  void remove(List<Installation> used) throws IOException {
    if (Files.isDirectory(directory)) {
      try (var trees = Files.newDirectoryStream(directory, SystemPostgres.TREE + "*")) {
        for (var tree : trees) {
          if (used.stream().noneMatch(each -> each.bin().startsWith(tree)) && !isRunning(tree)) {
            Program.run("rm", "-r", "-f", "--", tree.toString());
          }
        }
      }
    }
  }

  /// By the name alone: the data directory may have been named otherwise when the server started.
  private static boolean isRunning(Path tree) {
    var within = "/" + tree.getFileName() + "/";
    return ProcessHandle.allProcesses()
        .map(process -> CommandLine.of(process.pid()))
        .anyMatch(line -> line.words().stream().anyMatch(word -> word.contains(within)));
  }
}
