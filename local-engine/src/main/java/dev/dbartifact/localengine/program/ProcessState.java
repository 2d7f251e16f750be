package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether processes and threads stand still, by a signal; see proc_pid_stat(5).
public final class ProcessState {
  private ProcessState() {}

  /// Whether the process is stopped: it takes no signal but SIGKILL and SIGCONT.
  public static boolean isStopped(long pid) {
    try {
      return isStopped(Path.of("/proc", Long.toString(pid)));
    } catch (IOException e) {
      // Gone.
      return false;
    }
  }

  /// The same of a process or thread, by its folder.
  public static boolean isStopped(Path folder) throws IOException {
    var stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
    return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
  }
}
