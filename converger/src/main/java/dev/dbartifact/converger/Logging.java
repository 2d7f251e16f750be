package dev.dbartifact.converger;

import java.util.logging.Level;
import java.util.logging.Logger;

/// What libraries say inside is for those who ask for it. Requests are never logged, since one of
/// them carries the master password.
final class Logging {
  /// Kept, since the logging framework forgets loggers that nobody holds.
  private static final Logger ROOT = Logger.getLogger("");

  private static final Logger AWS = Logger.getLogger("software.amazon.awssdk");

  private Logging() {}

  static void configure(boolean verbose) {
    ROOT.setLevel(verbose ? Level.INFO : Level.OFF);
    AWS.setLevel(verbose ? Level.INFO : Level.OFF);
  }
}
