package dev.dbartifact.localengine;

import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.http.Listening;
import dev.dbartifact.localengine.server.AddressRange;
import java.util.Optional;

/// Where an engine and its clusters are reached.
///
/// @param listening where the engine answers
/// @param clusters the addresses that clusters get
/// @param named how endpoints are called where not by their addresses
public record Reach(Listening listening, AddressRange clusters, Optional<NamedEndpoints> named) {

  /// From this machine only, at any free port.
  public static final Reach LOOPBACK =
      new Reach(Listening.onLoopback(0), AddressRange.LOOPBACK, Optional.empty());

  /// The same, with endpoints that have these names.
  public Reach named(NamedEndpoints names) {
    return new Reach(listening, clusters, Optional.of(names));
  }
}
