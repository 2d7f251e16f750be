package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// The security groups of the default VPC.
final class SecurityGroups {

  private final Home home;
  private final Supplier<Set<String>> used;
  private final GroupShelf groups;
  private final SecurityGroupXml xml;

  /// @param used the ids of groups that databases are in
  SecurityGroups(GroupShelf groups, Home home, Supplier<Set<String>> used) {
    this.home = home;
    this.used = used;
    this.groups = groups;
    this.xml = new SecurityGroupXml(home);
  }

  @Honours(
      value = {"DryRun", "Filter", "GroupId", "GroupName", "MaxResults"},
      differs = "There is never a second page.")
  XmlWriter.Content describeSecurityGroups(Form form) {
    var ids = form.texts("GroupId");
    var names = form.texts("GroupName");
    var filters = form.filters();
    form.requireEmpty();
    ids.forEach(groups::find);
    names.forEach(groups::findByName);
    var named =
        groups.all().stream()
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

  @Honours(
      value = {"DryRun", "GroupDescription", "GroupName", "TagSpecification", "VpcId"},
      differs = "No traffic is filtered.")
  XmlWriter.Content createSecurityGroup(Form form) {
    var name = form.required("GroupName");
    var description = form.required("GroupDescription");
    form.text("VpcId").ifPresent(Networks::requireVpc);
    var tags = Ec2Tags.specified(form, Ec2Tags.GROUP);
    form.requireEmpty();
    if (name.equals("default") || name.startsWith("sg-") || name.length() > 255) {
      throw Ec2Fault.of(
          "InvalidParameterValue", "Cannot use reserved security group name: %s", name);
    }
    if (groups.all().stream().anyMatch(each -> each.name().equals(name))) {
      throw Ec2Fault.of(
          "InvalidGroup.Duplicate",
          "The security group '%s' already exists for VPC '%s'",
          name,
          Home.VPC);
    }
    var group = SecurityGroup.of(GroupShelf.newId("sg-"), name, description, tags);
    groups.put(group);
    return to -> xml.created(to, group);
  }

  @Honours(value = {"DryRun", "GroupId", "GroupName"})
  XmlWriter.Content deleteSecurityGroup(Form form) {
    var group = groups.chosen(form);
    form.requireEmpty();
    if (group.name().equals("default")) {
      throw Ec2Fault.of(
          "CannotDelete",
          "the specified group: \"%s\" name: \"default\" cannot be deleted by a user",
          group.id());
    }
    var referred =
        groups.all().stream()
            .filter(each -> !each.id().equals(group.id()))
            .anyMatch(each -> each.refersTo(group.id()));
    if (referred || used.get().contains(group.id())) {
      throw Ec2Fault.of("DependencyViolation", "resource %s has a dependent object", group.id());
    }
    groups.remove(group);
    return to -> {
      to.element("return", "true");
      to.element("groupId", group.id());
    };
  }
}
