package dev.dbartifact.localengine.wire;

/// Asks for the end of a connection without an answer.
public final class DroppedConnection extends RuntimeException {

  private static final long serialVersionUID = 1;

  public DroppedConnection() {
    super("The connection is dropped, as asked", null, false, false);
  }
}
