package dev.dbartifact.localengine.postgres;

import java.io.IOException;

/// Something else listens where the server should.
public final class AddressTakenException extends IOException {
  AddressTakenException(String message) {
    super(message);
  }
}
