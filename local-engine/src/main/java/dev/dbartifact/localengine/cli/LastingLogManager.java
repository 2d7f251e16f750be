package dev.dbartifact.localengine.cli;

import java.util.logging.LogManager;
import java.util.logging.Logger;

/// Keeps the log open while the process ends. That is when the engine stops its servers, and says
/// which of them did not want to; the JDK would close the log first.
public final class LastingLogManager extends LogManager {

  /// Opens the log: one that was never opened cannot be any more while the process ends.
  static void open() {
    Logger.getLogger("").getHandlers();
  }

  @Override
  public void reset() {
    // What was logged is written already.
  }
}
