package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.LeftProgram;
import dev.dbartifact.localengine.program.LeftPrograms;
import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/// What not even SIGKILL ended of the programs that a killed engine left. A volume that one of them
/// works on must stay as it is while that lives.
record StuckPrograms(List<LeftProgram> programs) {

  StuckPrograms {
    programs = List.copyOf(programs);
  }

  /// Ends what a killed engine left, before anything else is done with its volumes.
  ///
  /// @param lock of the directory, by which this is the only engine there
  static StuckPrograms after(DirectoryLock lock, ServerAccount account) throws IOException {
    var owner = Files.getOwner(lock.directory()).getName();
    return new StuckPrograms(new LeftPrograms(lock.mark(), account, owner).end());
  }

  /// @throws IOException while there are any
  void requireGone() throws IOException {
    requireNone(_ -> true);
  }

  /// @throws IOException while one of them works on this volume, as its command line tells
  void requireGone(Path volume) throws IOException {
    requireNone(program -> names(program.line(), volume));
  }

  private static boolean names(CommandLine line, Path volume) {
    return line.words().stream().anyMatch(word -> (word + "/").contains(volume + "/"));
  }

  private void requireNone(Predicate<LeftProgram> inTheWay) throws IOException {
    for (var program : programs) {
      if (!program.hasEnded() && inTheWay.test(program)) {
        var process = program.process();
        throw new IOException(
            "The program %s of an engine that was killed does not end, not even by SIGKILL: process %d waits for the disk, perhaps. Look at it with 'ps -o pid,stat,wchan %d'"
                .formatted(process.name(), process.pid(), process.pid()));
      }
    }
  }
}
