package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.ec2.SecurityGroupRule.Kind;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// A group of rules. The local engine filters no traffic: they are metadata.
///
/// @param id such as `sg-0123456789abcdef0`
/// @param ingress what may come in
/// @param egress what may go out; everything, unless something else is known, as of a new group
record SecurityGroup(
    String id,
    String name,
    String description,
    List<SecurityGroupRule> ingress,
    List<SecurityGroupRule> egress,
    Map<String, String> tags) {

  SecurityGroup {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(name, "name");
    ingress = List.copyOf(ingress);
    egress = egress == null ? List.of(everywhere(id)) : List.copyOf(egress);
    tags = new TreeMap<>(tags);
  }

  /// A new group: nothing may come in, and everything may go out.
  static SecurityGroup of(String id, String name, String description, Map<String, String> tags) {
    return new SecurityGroup(id, name, description, List.of(), null, tags);
  }

  private static SecurityGroupRule everywhere(String group) {
    var digits = new StringBuilder(group.substring("sg-".length())).reverse();
    return new SecurityGroupRule(
        "sgr-" + digits, "-1", null, null, Kind.IPV4, "0.0.0.0/0", null, Map.of());
  }

  List<SecurityGroupRule> rules(Direction direction) {
    return direction == Direction.INGRESS ? ingress : egress;
  }

  SecurityGroup with(Direction direction, List<SecurityGroupRule> rules) {
    return direction == Direction.INGRESS
        ? new SecurityGroup(id, name, description, rules, egress, tags)
        : new SecurityGroup(id, name, description, ingress, rules, tags);
  }

  SecurityGroup changing(UnaryOperator<SecurityGroupRule> change) {
    return new SecurityGroup(
        id,
        name,
        description,
        ingress.stream().map(change).toList(),
        egress.stream().map(change).toList(),
        tags);
  }

  SecurityGroup with(Map<String, String> other) {
    return new SecurityGroup(id, name, description, ingress, egress, other);
  }

  /// Whether a rule of it speaks of the group.
  boolean refersTo(String group) {
    return ingress.stream().anyMatch(rule -> rule.peer().equals(group))
        || egress.stream().anyMatch(rule -> rule.peer().equals(group));
  }
}
