package dev.dbartifact.localengine.state;

/// The engine's memory, or what else it needs of the disk, could not be read or written; the
/// message names the file.
public final class StateException extends RuntimeException {

  public StateException(String message) {
    super(message);
  }

  public StateException(String message, Throwable cause) {
    super(message, cause);
  }

  /// Whether the disk is full, of bytes or of files.
  public boolean outOfSpace() {
    return getMessage().contains("No space left on device")
        || getMessage().contains("Disk quota exceeded");
  }
}
