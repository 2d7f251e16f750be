package dev.dbartifact.localengine.program;

import java.io.IOException;

/// Something else listens where the server should.
public final class AddressTakenException extends IOException {
  /// @param address one or several, as the server's settings have them
  public AddressTakenException(String address, int port) {
    super(
        "something else listens at %s, port %d; 'ss -ltnp sport = :%d', as root, shows what"
            .formatted(address, port, port));
  }
}
