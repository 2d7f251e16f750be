package dev.dbartifact.localengine.server;

/// The host could not do what was asked. The message is for the user: what was tried, on what, what
/// came back, what to do next.
public sealed class HostException extends Exception {

  public HostException(String message) {
    super(message);
  }

  public HostException(String message, Throwable cause) {
    super(message, cause);
  }

  /// The pool or the file system is full.
  public static final class OutOfSpace extends HostException {
    public OutOfSpace(String message) {
      super(message);
    }

    public OutOfSpace(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Another program listens at the address.
  public static final class AddressTaken extends HostException {
    public AddressTaken(String message) {
      super(message);
    }

    public AddressTaken(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// There is no such volume.
  public static final class NotFound extends HostException {
    public NotFound(String message) {
      super(message);
    }
  }
}
