package dev.dbartifact.localengine.ec2;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What a security group lets through.
///
/// @param id such as `sgr-0123456789abcdef0`
/// @param protocol `tcp`, `udp`, `icmp`, `icmpv6`, a number, or `-1` for all
/// @param from null for all ports, as all protocols have them
/// @param kind of the peer
/// @param peer an address range in its canonical form, or another group
record SecurityGroupRule(
    String id,
    String protocol,
    Integer from,
    Integer to,
    Kind kind,
    String peer,
    String description,
    Map<String, String> tags) {

  /// What a peer is.
  enum Kind {
    IPV4,
    IPV6,
    GROUP;

    /// The peer in its canonical form; empty for what cannot be one.
    Optional<String> canonical(String peer) {
      return switch (this) {
        case IPV4 -> CidrBlock.ipv4(peer);
        case IPV6 -> CidrBlock.ipv6(peer);
        case GROUP -> Optional.of(peer);
      };
    }
  }

  SecurityGroupRule {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(protocol, "protocol");
    // An earlier engine kept protocols and ranges as they were given, malformed ones as well.
    protocol = IpProtocol.canonical(protocol).orElse(protocol);
    if (protocol.equals(IpProtocol.ANY)) {
      from = null;
      to = null;
    }
    peer = kind.canonical(peer).orElse(peer);
    tags = tags == null ? Map.of() : new TreeMap<>(tags);
  }

  /// Whether it lets the same through.
  boolean isLike(SecurityGroupRule other) {
    return hasSamePorts(other) && kind == other.kind && peer.equals(other.peer);
  }

  boolean hasSamePorts(SecurityGroupRule other) {
    return protocol.equals(other.protocol)
        && Objects.equals(from, other.from)
        && Objects.equals(to, other.to);
  }

  SecurityGroupRule with(Map<String, String> other) {
    return new SecurityGroupRule(id, protocol, from, to, kind, peer, description, other);
  }
}
