package dev.dbartifact.localengine.relay;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/// Where one connection of a [Relay] leads.
///
/// @param targets the first one that can be reached takes it; where there is none the connection is
///   closed
/// @param over is run once, when the connection has ended
public record Way(List<InetSocketAddress> targets, Runnable over) {

  public Way {
    targets = List.copyOf(targets);
    Objects.requireNonNull(over, "over");
  }

  /// One of which nobody wants to know the end.
  public static Way to(List<InetSocketAddress> targets) {
    return new Way(targets, () -> {});
  }
}
