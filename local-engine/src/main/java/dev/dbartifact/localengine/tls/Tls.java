package dev.dbartifact.localengine.tls;

import java.util.Objects;

/// How a server speaks TLS, which it always offers.
///
/// @param identity what its certificate says
/// @param required whether it takes no other connections, unless its users' settings say otherwise
public record Tls(Identity identity, boolean required) {

  public Tls {
    Objects.requireNonNull(identity, "identity");
  }

  /// For those who want it.
  public static Tls offeredAs(Identity identity) {
    return new Tls(identity, false);
  }
}
