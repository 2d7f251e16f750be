package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A process, told from a later one that has its number by when it began.
///
/// One that was killed is over when its last thread is. A thread that the kernel holds up, as at a
/// disk that does not answer, keeps the files open, though by then the process has no command line,
/// and its first thread may be a zombie. See proc_pid_stat(5).
///
/// @param name what the kernel calls it, 15 characters at most; of the program, as a rule
/// @param began in ticks of the clock since the machine was started
public record LivingProcess(long pid, String name, long began) {

  /// After the name, which is in parentheses and may hold anything.
  private static final int STATE = 0;

  private static final int BEGAN = 19;

  /// Ended, and not yet reaped; and on the way from that.
  private static final List<String> OVER = List.of("Z", "X");

  /// The process of that number, if there is one, also one that has ended and is not yet reaped.
  ///
  /// @throws IOException if it is there and cannot be looked at
  public static Optional<LivingProcess> of(long pid) throws IOException {
    return stat(folder(pid)).map(stat -> new LivingProcess(pid, stat.name(), stat.began()));
  }

  private record Stat(String name, String state, long began) {
    static Stat parse(String text) {
      var end = text.lastIndexOf(')');
      var rest = text.substring(end + 2).split(" ");
      return new Stat(
          text.substring(text.indexOf('(') + 1, end), rest[STATE], Long.parseLong(rest[BEGAN]));
    }

    boolean isOver() {
      return OVER.contains(state);
    }
  }

  private static Path folder(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  /// Of a process or a thread; nothing where that is gone.
  private static Optional<Stat> stat(Path folder) throws IOException {
    try {
      return Optional.of(
          Stat.parse(Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1)));
    } catch (IOException e) {
      if (Files.exists(folder)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// Whether nothing of it is left that could work on files. No where that cannot be told, as with
  /// no file descriptor left: it may live.
  public boolean hasEnded() {
    try {
      return stat(folder(pid)).filter(now -> now.began() == began).isEmpty() || allThreadsAreOver();
    } catch (IOException | DirectoryIteratorException e) {
      return !Files.exists(folder(pid));
    }
  }

  private boolean allThreadsAreOver() throws IOException {
    try (var threads = Files.newDirectoryStream(folder(pid).resolve("task"))) {
      for (var thread : threads) {
        if (stat(thread).filter(each -> !each.isOver()).isPresent()) {
          return false;
        }
      }
      return true;
    }
  }
}
