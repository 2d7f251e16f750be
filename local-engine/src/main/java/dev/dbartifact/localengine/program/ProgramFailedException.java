package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.util.List;

/// A program that ended with another exit code than 0. The message holds what it said on standard
/// error.
public final class ProgramFailedException extends IOException {
  private final int code;
  private final String output;
  private final String errors;

  ProgramFailedException(List<String> command, int code, String output, String errors) {
    super("%s failed (exit code %d): %s".formatted(name(command), code, errors.strip()));
    this.code = code;
    this.output = output;
    this.errors = errors;
  }

  /// Its exit code.
  public int code() {
    return code;
  }

  /// What it printed before, on standard output.
  public String output() {
    return output;
  }

  /// What it said on standard error.
  public String errors() {
    return errors;
  }

  private static String name(List<String> command) {
    return String.join(" ", command.subList(0, Math.min(command.size(), 3)));
  }
}
