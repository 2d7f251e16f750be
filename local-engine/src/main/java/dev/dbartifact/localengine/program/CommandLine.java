package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/// What a process was started as. Everybody may read it, unlike where a process works or what it
/// has open, which takes the capability SYS_PTRACE where the process is another user's (proc(5)).
public record CommandLine(List<String> words) {

  /// Of that process; empty for one that has ended, or ended and is not yet reaped.
  public static CommandLine of(long pid) {
    try {
      var text =
          Files.readString(
              Path.of("/proc", Long.toString(pid), "cmdline"), StandardCharsets.ISO_8859_1);
      return new CommandLine(List.of(decoded(text).split("\0")));
    } catch (IOException e) {
      return new CommandLine(List.of());
    }
  }

  /// Titles of processes may be cut in the middle of a character.
  private static String decoded(String bytes) {
    return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  /// Whether these words stand in it, one after the other.
  public boolean holds(String... together) {
    return Collections.indexOfSubList(words, List.of(together)) >= 0;
  }

  /// Whether there is none: that of a process that has ended or is about to, and of the kernel's
  /// own.
  public boolean isEmpty() {
    return words.stream().allMatch(String::isEmpty);
  }

  /// Whether the title, which a process may give itself, begins so.
  public boolean begins(String title) {
    return words.stream().findFirst().filter(first -> first.startsWith(title)).isPresent();
  }
}
