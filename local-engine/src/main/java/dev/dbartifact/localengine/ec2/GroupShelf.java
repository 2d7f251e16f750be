package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.ec2.SecurityGroupRule.Kind;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.state.Shelf;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// All security groups of the default VPC, its own among them.
final class GroupShelf {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Shelf<SecurityGroup> groups;

  GroupShelf(Path folder) {
    this.groups =
        new Shelf<>(folder.resolve("security-groups"), SecurityGroup.class, SecurityGroup::id);
  }

  /// The default one lets its own members in.
  List<SecurityGroup> all() {
    var self =
        new SecurityGroupRule(
            "sgr-0a100000000000001",
            "-1",
            null,
            null,
            Kind.GROUP,
            Home.SECURITY_GROUP,
            null,
            Map.of());
    var standard =
        SecurityGroup.of(Home.SECURITY_GROUP, "default", "default VPC security group", Map.of())
            .with(Direction.INGRESS, List.of(self));
    return Stream.concat(
            Stream.of(standard).filter(each -> groups.find(each.id()).isEmpty()),
            groups.all().stream())
        .toList();
  }

  void put(SecurityGroup group) {
    groups.put(group);
  }

  void remove(SecurityGroup group) {
    groups.remove(group.id());
  }

  SecurityGroup find(String id) {
    if (!id.matches("sg-[0-9a-f]{8,17}")) {
      throw Ec2Fault.of(
          "InvalidGroupId.Malformed", "Invalid id: \"%s\" (expecting \"sg-...\")", id);
    }
    return all().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> notFound(id));
  }

  SecurityGroup findByName(String name) {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notFound(name));
  }

  private static RuntimeException notFound(String idOrName) {
    return Ec2Fault.of("InvalidGroup.NotFound", "The security group '%s' does not exist", idOrName);
  }

  /// The group that a request speaks of.
  SecurityGroup chosen(Form form) {
    var id = form.text("GroupId");
    if (id.isPresent()) {
      form.requireNone("GroupId", "GroupName");
    }
    var name = form.text("GroupName");
    if (id.isEmpty() && name.isEmpty()) {
      throw Ec2Fault.of(
          "MissingParameter", "The request must contain the parameter groupName or groupId");
    }
    return id.isPresent() ? find(id.get()) : findByName(name.get());
  }

  /// Every rule of every group.
  List<GroupRule> rules() {
    return all().stream()
        .flatMap(group ->
            Stream.of(Direction.values())
                .flatMap(direction ->
                    group.rules(direction).stream()
                        .map(rule -> new GroupRule(group, direction, rule))))
        .toList();
  }

  GroupRule rule(String id) {
    if (!id.matches("sgr-[0-9a-f]{8,17}")) {
      throw Ec2Fault.of(
          "InvalidSecurityGroupRuleId.Malformed", "Invalid id: \"%s\" (expecting \"sgr-...\")", id);
    }
    return rules().stream()
        .filter(each -> each.rule().id().equals(id))
        .findFirst()
        .orElseThrow(() ->
            Ec2Fault.of(
                "InvalidSecurityGroupRuleId.NotFound",
                "The security group rule ID '%s' does not exist",
                id));
  }

  /// A new one of EC2's form.
  static String newId(String prefix) {
    var random = new byte[9];
    RANDOM.nextBytes(random);
    return prefix + HexFormat.of().formatHex(random).substring(0, 17);
  }
}
