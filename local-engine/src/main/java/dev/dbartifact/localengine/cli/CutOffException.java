package dev.dbartifact.localengine.cli;

import java.io.IOException;

/// A dump that says itself that it is not whole.
final class CutOffException extends IOException {

  private static final long serialVersionUID = 1;

  /// @param why what is wrong with it, as a sentence that goes on
  CutOffException(String why) {
    super(why);
  }
}
