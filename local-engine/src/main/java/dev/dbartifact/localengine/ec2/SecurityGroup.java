package dev.dbartifact.localengine.ec2;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A group of rules. The local engine listens on loopback only, so that they are metadata.
///
/// @param id such as `sg-0123456789abcdef0`
/// @param ingress what may come in
record SecurityGroup(
    String id, String name, String description, List<Rule> ingress, Map<String, String> tags) {

  SecurityGroup {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    ingress = List.copyOf(ingress);
    tags = new TreeMap<>(tags);
  }

  /// @param protocol `tcp`, `udp`, `icmp`, a number, or `-1` for all
  /// @param from null for all ports
  /// @param kind of the peer
  /// @param peer an address range or another group
  record Rule(
      String id,
      String protocol,
      Integer from,
      Integer to,
      Kind kind,
      String peer,
      String description) {

    boolean isLike(Rule other) {
      return protocol.equals(other.protocol)
          && Objects.equals(from, other.from)
          && Objects.equals(to, other.to)
          && kind == other.kind
          && peer.equals(other.peer);
    }

    boolean hasSamePorts(Rule other) {
      return protocol.equals(other.protocol)
          && Objects.equals(from, other.from)
          && Objects.equals(to, other.to);
    }
  }

  /// What a peer is.
  enum Kind {
    IPV4,
    IPV6,
    GROUP
  }
}
