package dev.dbartifact.localengine.program;

import java.io.IOException;

/// Something else listens where the server should.
public final class AddressTakenException extends IOException {
  public AddressTakenException(String message) {
    super(message);
  }
}
