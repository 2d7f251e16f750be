package dev.dbartifact.localengine.server;

import java.net.InetAddress;
import java.util.Objects;

/// Where a server answers.
///
/// @param port 1-65535
public record Listen(InetAddress address, int port) {

  public Listen {
    Objects.requireNonNull(address, "address");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("Not a TCP port: " + port);
    }
  }

  @Override
  public String toString() {
    return address.getHostAddress() + ":" + port;
  }
}
