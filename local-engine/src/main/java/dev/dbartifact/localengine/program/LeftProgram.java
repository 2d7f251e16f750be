package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.util.Optional;

/// A program that an engine left when it was killed.
///
/// @param line what it was started as; a process that was killed soon has none
public record LeftProgram(LivingProcess process, CommandLine line) {

  /// The one of that number, if there is one.
  ///
  /// @throws IOException if it is there and cannot be looked at
  static Optional<LeftProgram> of(long pid) throws IOException {
    return LivingProcess.of(pid).map(process -> new LeftProgram(process, CommandLine.of(pid)));
  }

  /// See [LivingProcess#hasEnded].
  public boolean hasEnded() {
    return process.hasEnded();
  }
}
