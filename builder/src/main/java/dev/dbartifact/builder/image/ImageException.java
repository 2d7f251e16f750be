package dev.dbartifact.builder.image;

/// An image could not be written. The message says what was tried and what to do next.
public final class ImageException extends Exception {
  private static final long serialVersionUID = 1;

  ImageException(String message) {
    super(message);
  }

  ImageException(String message, Throwable cause) {
    super(message, cause);
  }
}
