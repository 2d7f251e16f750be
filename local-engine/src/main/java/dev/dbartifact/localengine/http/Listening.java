package dev.dbartifact.localengine.http;

import java.net.InetAddress;
import java.time.Duration;

/// Where requests are taken, and how long one may take to arrive.
///
/// @param address that clients connect to
/// @param port 0 for any free one
/// @param head how long a request's line and headers may take
/// @param body how long the rest may take from there
public record Listening(InetAddress address, int port, Duration head, Duration body) {

  /// A request that is not there by then was sent by a client that died, or means harm.
  private static final Duration LONGEST = Duration.ofSeconds(30);

  public Listening {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("Not a port: " + port);
    }
    if (!head.isPositive() || !body.isPositive()) {
      throw new IllegalArgumentException("No time for a request: " + head + ", " + body);
    }
  }

  /// On this address, with half a minute for each part of a request.
  public static Listening on(InetAddress address, int port) {
    return new Listening(address, port, LONGEST, LONGEST);
  }

  /// For this machine only.
  public static Listening onLoopback(int port) {
    return on(InetAddress.ofLiteral("127.0.0.1"), port);
  }
}
