package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.PostgresHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// `reset`: removes everything, clusters and all.
final class ResetCommand {

  private ResetCommand() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var directory = arguments.directory();
    if (!directory.exists()) {
      terminal.out().println("There is nothing in " + directory + ".");
      return 0;
    }
    if (!arguments.yes() && !agreed(directory, terminal)) {
      terminal.err().println("Nothing was removed.");
      return 1;
    }
    if (RunningEngine.find(directory).isPresent() && StopCommand.run(arguments, terminal) != 0) {
      return 1;
    }
    var lock = EngineLock.take(directory);
    if (lock.isEmpty()) {
      terminal.err().println(StartCommand.alreadyRunning(directory));
      return 1;
    }
    try (var _ = lock.get()) {
      discardAll(directory.root());
      delete(directory.root());
    }
    terminal.out().println("Removed everything in " + directory + ".");
    return 0;
  }

  private static boolean agreed(EngineDirectory directory, Terminal terminal) throws IOException {
    terminal.err().print("Remove all clusters in " + directory + "? [y/N] ");
    terminal.err().flush();
    var answer =
        new BufferedReader(new InputStreamReader(terminal.in(), StandardCharsets.UTF_8)).readLine();
    return answer != null && answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
  }

  /// Opening the host finds servers and mounts that a killed engine left; closing it ends them.
  private static void discardAll(Path root) throws HostException {
    try (var host = PostgresHost.open(root, PostgresHost.Options.defaults())) {
      for (var id : host.stored()) {
        host.discard(id);
      }
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
