package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.ec2.SecurityGroup.Kind;
import dev.dbartifact.localengine.ec2.SecurityGroup.Rule;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.state.Shelf;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The security groups of the default VPC.
final class SecurityGroups {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Home home;
  private final Supplier<Set<String>> used;
  private final Shelf<SecurityGroup> groups;
  private final SecurityGroupXml xml;

  /// @param used the ids of groups that databases are in
  SecurityGroups(Path folder, Home home, Supplier<Set<String>> used) {
    this.home = home;
    this.used = used;
    this.groups =
        new Shelf<>(folder.resolve("security-groups"), SecurityGroup.class, SecurityGroup::id);
    this.xml = new SecurityGroupXml(home);
  }

  /// The default one lets its own members in.
  private List<SecurityGroup> all() {
    var self =
        new Rule("sgr-0a100000000000001", "-1", null, null, Kind.GROUP, Home.SECURITY_GROUP, null);
    var standard =
        new SecurityGroup(
            Home.SECURITY_GROUP, "default", "default VPC security group", List.of(self), Map.of());
    return Stream.concat(
            Stream.of(standard).filter(each -> groups.find(each.id()).isEmpty()),
            groups.all().stream())
        .toList();
  }

  @Honours(
      value = {"DryRun", "Filter", "GroupId", "GroupName", "MaxResults"},
      differs = "There is never a second page.")
  synchronized XmlWriter.Content describeSecurityGroups(Form form) {
    var ids = form.texts("GroupId");
    var names = form.texts("GroupName");
    var filters = form.filters();
    form.requireEmpty();
    ids.forEach(this::find);
    names.forEach(this::findByName);
    var named =
        all().stream()
            .filter(each -> ids.isEmpty() || ids.contains(each.id()))
            .filter(each -> names.isEmpty() || names.contains(each.name()))
            .toList();
    var shown =
        Ec2Filters.<SecurityGroup>apply(
            filters,
            Map.of(
                "group-id", SecurityGroup::id,
                "group-name", SecurityGroup::name,
                "description", SecurityGroup::description,
                "vpc-id", _ -> Home.VPC,
                "owner-id", _ -> home.account()),
            SecurityGroup::tags,
            named);
    return to -> xml.groups(to, shown);
  }

  private SecurityGroup find(String id) {
    if (!id.matches("sg-[0-9a-f]{8,17}")) {
      throw Ec2Fault.of(
          "InvalidGroupId.Malformed", "Invalid id: \"%s\" (expecting \"sg-...\")", id);
    }
    return all().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(() -> notFound(id));
  }

  private SecurityGroup findByName(String name) {
    return all().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> notFound(name));
  }

  private static RuntimeException notFound(String idOrName) {
    return Ec2Fault.of("InvalidGroup.NotFound", "The security group '%s' does not exist", idOrName);
  }

  @Honours(
      value = {"DryRun", "GroupDescription", "GroupName", "TagSpecification", "VpcId"},
      differs = "No traffic is filtered: servers listen on loopback.")
  synchronized XmlWriter.Content createSecurityGroup(Form form) {
    var name = form.required("GroupName");
    var description = form.required("GroupDescription");
    form.text("VpcId").ifPresent(Networks::requireVpc);
    var tags = tags(form);
    form.requireEmpty();
    if (name.equals("default") || name.startsWith("sg-") || name.length() > 255) {
      throw Ec2Fault.of(
          "InvalidParameterValue", "Cannot use reserved security group name: %s", name);
    }
    if (all().stream().anyMatch(each -> each.name().equals(name))) {
      throw Ec2Fault.of(
          "InvalidGroup.Duplicate",
          "The security group '%s' already exists for VPC '%s'",
          name,
          Home.VPC);
    }
    var group = new SecurityGroup(id("sg-"), name, description, List.of(), tags);
    groups.put(group);
    return to -> xml.created(to, group);
  }

  private static Map<String, String> tags(Form form) {
    var tags = new TreeMap<String, String>();
    for (var specification : form.items("TagSpecification")) {
      specification.text("ResourceType");
      for (var tag : specification.items("Tag")) {
        tags.put(tag.required("Key"), tag.text("Value").orElse(""));
      }
      specification.requireEmpty();
    }
    return tags;
  }

  private static String id(String prefix) {
    var random = new byte[9];
    RANDOM.nextBytes(random);
    return prefix + HexFormat.of().formatHex(random).substring(0, 17);
  }

  private SecurityGroup chosen(Form form) {
    var id = form.text("GroupId");
    var name = form.text("GroupName");
    if (id.isEmpty() && name.isEmpty()) {
      throw Ec2Fault.of(
          "MissingParameter", "The request must contain the parameter groupName or groupId");
    }
    return id.isPresent() ? find(id.get()) : findByName(name.get());
  }

  @Honours(
      value = {
        "CidrIp",
        "DryRun",
        "FromPort",
        "GroupId",
        "GroupName",
        "IpPermissions",
        "IpProtocol",
        "ToPort"
      },
      differs = "No traffic is filtered: servers listen on loopback.")
  synchronized XmlWriter.Content authorizeSecurityGroupIngress(Form form) {
    var group = chosen(form);
    var added = rules(form);
    form.requireEmpty();
    var rules = new ArrayList<>(group.ingress());
    for (var rule : added) {
      if (rules.stream().anyMatch(rule::isLike)) {
        throw Ec2Fault.of(
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: %s, %s, from port: %s, to port: %s, ALLOW\" already exists",
            rule.peer(),
            rule.protocol().toUpperCase(java.util.Locale.ROOT),
            rule.from(),
            rule.to());
      }
      rules.add(rule);
    }
    groups.put(
        new SecurityGroup(group.id(), group.name(), group.description(), rules, group.tags()));
    return to -> xml.authorized(to, group.id(), added);
  }

  private List<Rule> rules(Form form) {
    var rules = new ArrayList<Rule>();
    for (var permission : form.items("IpPermissions")) {
      rules.addAll(permitted(permission));
      permission.requireEmpty();
    }
    if (rules.isEmpty()) {
      var range = form.required("CidrIp");
      rules.add(
          new Rule(
              id("sgr-"),
              form.required("IpProtocol"),
              form.number("FromPort"),
              form.number("ToPort"),
              Kind.IPV4,
              ipv4(range),
              null));
    }
    return rules;
  }

  private List<Rule> permitted(Form permission) {
    var protocol = permission.required("IpProtocol");
    var from = permission.number("FromPort");
    var to = permission.number("ToPort");
    var rules = new ArrayList<Rule>();
    for (var range : permission.items("IpRanges")) {
      rules.add(
          new Rule(
              id("sgr-"),
              protocol,
              from,
              to,
              Kind.IPV4,
              ipv4(range.required("CidrIp")),
              range.text("Description").orElse(null)));
    }
    for (var range : permission.items("Ipv6Ranges")) {
      rules.add(
          new Rule(
              id("sgr-"),
              protocol,
              from,
              to,
              Kind.IPV6,
              range.required("CidrIpv6"),
              range.text("Description").orElse(null)));
    }
    for (var peer : permission.items("Groups")) {
      peer.text("UserId");
      rules.add(
          new Rule(
              id("sgr-"),
              protocol,
              from,
              to,
              Kind.GROUP,
              find(peer.required("GroupId")).id(),
              peer.text("Description").orElse(null)));
    }
    if (rules.isEmpty()) {
      throw Ec2Fault.of("MissingParameter", "A permission needs IpRanges, Ipv6Ranges or Groups");
    }
    return rules;
  }

  private static String ipv4(String range) {
    if (!range.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}/[0-9]{1,2}")) {
      throw Ec2Fault.of("InvalidParameterValue", "CIDR block %s is malformed", range);
    }
    return range;
  }

  @Honours(value = {"DryRun", "GroupId", "GroupName"})
  synchronized XmlWriter.Content deleteSecurityGroup(Form form) {
    var group = chosen(form);
    form.requireEmpty();
    if (group.name().equals("default")) {
      throw Ec2Fault.of(
          "CannotDelete",
          "the specified group: \"%s\" name: \"default\" cannot be deleted by a user",
          group.id());
    }
    var referred =
        all().stream()
            .filter(each -> !each.id().equals(group.id()))
            .flatMap(each -> each.ingress().stream())
            .anyMatch(rule -> rule.peer().equals(group.id()));
    if (referred || used.get().contains(group.id())) {
      throw Ec2Fault.of("DependencyViolation", "resource %s has a dependent object", group.id());
    }
    groups.remove(group.id());
    return to -> {
      to.element("return", "true");
      to.element("groupId", group.id());
    };
  }
}
