package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.ec2.SecurityGroupRule.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads rules from the permissions that a request lists. Each peer of a permission is a rule.
final class RuleReading {

  private final GroupShelf groups;
  private final String account;
  private final Map<String, String> tags;

  /// @param account whose groups there are
  /// @param tags of every rule that is read
  RuleReading(GroupShelf groups, String account, Map<String, String> tags) {
    this.groups = groups;
    this.account = account;
    this.tags = tags;
  }

  /// What stays the same for all peers of a permission.
  private record Ports(String protocol, Integer from, Integer to) {}

  /// @throws RuntimeException a fault when the same rule is listed twice
  List<SecurityGroupRule> permissions(Form form) {
    var rules = new ArrayList<SecurityGroupRule>();
    for (var permission : form.items("IpPermissions")) {
      for (var rule : permitted(permission)) {
        if (rules.stream().anyMatch(rule::isLike)) {
          throw Ec2Fault.of(
              "InvalidParameterValue", "The same permission must not appear multiple times");
        }
        rules.add(rule);
      }
      permission.requireEmpty();
    }
    return rules;
  }

  /// The one rule of a request of the old form, without a list.
  SecurityGroupRule single(Form form) {
    var range = form.required("CidrIp");
    return rule(ports(form), Kind.IPV4, range(Kind.IPV4, range), null);
  }

  /// The values of a rule that has an id already.
  SecurityGroupRule changed(SecurityGroupRule before, Form form) {
    var ports = ports(form);
    var ipv4 = form.text("CidrIpv4").map(range -> range(Kind.IPV4, range));
    var ipv6 = form.text("CidrIpv6").map(range -> range(Kind.IPV6, range));
    var group = form.text("ReferencedGroupId").map(id -> groups.find(id).id());
    var description = form.text("Description").orElse(null);
    form.requireEmpty();
    var peer =
        switch (before.kind()) {
          case IPV4 -> ipv4;
          case IPV6 -> ipv6;
          case GROUP -> group;
        };
    return new SecurityGroupRule(
        before.id(),
        ports.protocol(),
        ports.from(),
        ports.to(),
        before.kind(),
        peer.orElseThrow(() ->
            Ec2Fault.of(
                "InvalidParameterValue",
                "The source or destination of rule %s must stay of its kind",
                before.id())),
        description,
        before.tags());
  }

  private List<SecurityGroupRule> permitted(Form permission) {
    var ports = ports(permission);
    var rules = new ArrayList<SecurityGroupRule>();
    for (var range : permission.items("IpRanges")) {
      rules.add(peer(ports, Kind.IPV4, range(Kind.IPV4, range.required("CidrIp")), range));
    }
    for (var range : permission.items("Ipv6Ranges")) {
      rules.add(peer(ports, Kind.IPV6, range(Kind.IPV6, range.required("CidrIpv6")), range));
    }
    for (var peer : permission.items("Groups")) {
      requireOwn(peer);
      rules.add(peer(ports, Kind.GROUP, groups.chosen(peer).id(), peer));
    }
    for (var list : permission.items("PrefixListIds")) {
      throw Ec2Fault.of(
          "InvalidPrefixListID.NotFound",
          "The prefix list ID '%s' does not exist",
          list.required("PrefixListId"));
    }
    if (rules.isEmpty()) {
      throw Ec2Fault.of("MissingParameter", "A permission needs IpRanges, Ipv6Ranges or Groups");
    }
    return rules;
  }

  /// There are no other accounts, and no connections to their networks.
  private void requireOwn(Form peer) {
    if (peer.text("UserId").filter(owner -> !owner.equals(account)).isPresent()) {
      throw Ec2Fault.of(
          "InvalidGroup.NotFound",
          "You have specified two resources that belong to different networks.");
    }
  }

  private SecurityGroupRule peer(Ports ports, Kind kind, String peer, Form form) {
    var rule = rule(ports, kind, peer, form.text("Description").orElse(null));
    form.requireEmpty();
    return rule;
  }

  private SecurityGroupRule rule(Ports ports, Kind kind, String peer, String description) {
    return new SecurityGroupRule(
        GroupShelf.newId("sgr-"),
        ports.protocol(),
        ports.from(),
        ports.to(),
        kind,
        peer,
        description,
        tags);
  }

  /// All protocols have all ports, whatever is said.
  private static Ports ports(Form form) {
    var protocol = protocol(form.required("IpProtocol"));
    var from = form.number("FromPort");
    var to = form.number("ToPort");
    if (protocol.equals(IpProtocol.ANY)) {
      return new Ports(protocol, null, null);
    }
    if (protocol.equals("tcp") || protocol.equals("udp")) {
      requireRange(from, to);
    }
    return new Ports(protocol, from, to);
  }

  private static String protocol(String said) {
    return IpProtocol.canonical(said)
        .orElseThrow(() ->
            Ec2Fault.of(
                "InvalidParameterValue",
                "Invalid value '%s' for IP protocol. Unknown protocol.",
                said));
  }

  private static void requireRange(Integer from, Integer to) {
    if (from == null || to == null) {
      throw Ec2Fault.of(
          "InvalidParameterValue",
          "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
    }
    if (from < 0 || to > 65535 || from > to) {
      throw Ec2Fault.of("InvalidParameterValue", "Invalid TCP/UDP port range (%s:%s)", from, to);
    }
  }

  private static String range(Kind kind, String range) {
    return kind.canonical(range)
        .orElseThrow(
            () -> Ec2Fault.of("InvalidParameterValue", "CIDR block %s is malformed", range));
  }
}
