package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What security groups let in and out.
final class SecurityGroupRules {

  /// How a request gives one rule without a list.
  private static final String[] OLD_FORM = {"IpProtocol", "FromPort", "ToPort", "CidrIp"};

  private final GroupShelf groups;
  private final String account;
  private final SecurityGroupXml xml;

  SecurityGroupRules(GroupShelf groups, Home home) {
    this.groups = groups;
    this.account = home.account();
    this.xml = new SecurityGroupXml(home);
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
        "TagSpecification",
        "ToPort"
      },
      differs = "No traffic is filtered.")
  XmlWriter.Content authorizeSecurityGroupIngress(Form form) {
    var group = groups.chosen(form);
    var reading = reading(Ec2Tags.specified(form, Ec2Tags.RULE));
    var listed = reading.permissions(form);
    if (!listed.isEmpty()) {
      form.requireNone("IpPermissions", OLD_FORM);
    }
    var added = listed.isEmpty() ? List.of(reading.single(form)) : listed;
    form.requireEmpty();
    return authorize(group, Direction.INGRESS, added);
  }

  @Honours(
      value = {"DryRun", "GroupId", "IpPermissions", "TagSpecification"},
      differs = "No traffic is filtered.")
  XmlWriter.Content authorizeSecurityGroupEgress(Form form) {
    var group = groups.find(form.required("GroupId"));
    var reading = reading(Ec2Tags.specified(form, Ec2Tags.RULE));
    var added = required(reading.permissions(form));
    form.requireEmpty();
    return authorize(group, Direction.EGRESS, added);
  }

  private RuleReading reading(Map<String, String> tags) {
    return new RuleReading(groups, account, tags);
  }

  private static List<SecurityGroupRule> required(List<SecurityGroupRule> rules) {
    if (rules.isEmpty()) {
      throw Ec2Fault.of("MissingParameter", "The request must contain the parameter ipPermissions");
    }
    return rules;
  }

  private XmlWriter.Content authorize(
      SecurityGroup group, Direction direction, List<SecurityGroupRule> added) {
    var rules = new ArrayList<>(group.rules(direction));
    for (var rule : added) {
      refuseDuplicate(rule, rules);
      rules.add(rule);
    }
    var changed = group.with(direction, rules);
    groups.put(changed);
    var shown = added.stream().map(rule -> new GroupRule(changed, direction, rule)).toList();
    return to -> {
      to.element("return", "true");
      xml.made(to, shown);
    };
  }

  private static void refuseDuplicate(SecurityGroupRule rule, List<SecurityGroupRule> rules) {
    if (rules.stream().anyMatch(rule::isLike)) {
      throw Ec2Fault.of(
          "InvalidPermission.Duplicate",
          "the specified rule \"peer: %s, %s, %sALLOW\" already exists",
          rule.peer(),
          rule.protocol().equals("-1") ? "ALL" : rule.protocol().toUpperCase(Locale.ROOT),
          rule.from() == null
              ? ""
              : "from port: %s, to port: %s, ".formatted(rule.from(), rule.to()));
    }
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
        "SecurityGroupRuleId",
        "ToPort"
      })
  XmlWriter.Content revokeSecurityGroupIngress(Form form) {
    var group = groups.chosen(form);
    var ids = form.texts("SecurityGroupRuleId");
    var reading = reading(Map.of());
    var listed = reading.permissions(form);
    if (!listed.isEmpty() || !ids.isEmpty()) {
      form.requireNone(ids.isEmpty() ? "IpPermissions" : "SecurityGroupRuleId", OLD_FORM);
    }
    var values = listed.isEmpty() && ids.isEmpty() ? List.of(reading.single(form)) : listed;
    form.requireEmpty();
    return revoke(group, Direction.INGRESS, ids, values);
  }

  @Honours(value = {"DryRun", "GroupId", "IpPermissions", "SecurityGroupRuleId"})
  XmlWriter.Content revokeSecurityGroupEgress(Form form) {
    var group = groups.find(form.required("GroupId"));
    var ids = form.texts("SecurityGroupRuleId");
    var listed = reading(Map.of()).permissions(form);
    form.requireEmpty();
    return revoke(group, Direction.EGRESS, ids, ids.isEmpty() ? required(listed) : listed);
  }

  /// In a default VPC values that no rule has are no error ("RevokeSecurityGroupIngress" of the API
  /// reference).
  private XmlWriter.Content revoke(
      SecurityGroup group, Direction direction, List<String> ids, List<SecurityGroupRule> values) {
    ids.forEach(id -> member(group, direction, id));
    var rules = group.rules(direction);
    var revoked =
        rules.stream()
            .filter(rule -> ids.contains(rule.id()) || values.stream().anyMatch(rule::isLike))
            .toList();
    var unknown = values.stream().filter(value -> rules.stream().noneMatch(value::isLike)).toList();
    var left = new ArrayList<>(rules);
    left.removeAll(revoked);
    groups.put(group.with(direction, left));
    var shown = revoked.stream().map(rule -> new GroupRule(group, direction, rule)).toList();
    return to -> xml.revoked(to, shown, unknown);
  }

  private GroupRule member(SecurityGroup group, Direction direction, String id) {
    var found = groups.rule(id);
    if (!found.group().id().equals(group.id()) || found.direction() != direction) {
      throw Ec2Fault.of(
          "InvalidSecurityGroupRuleId.NotFound",
          "The security group rule ID '%s' does not exist",
          id);
    }
    return found;
  }

  @Honours(
      value = {"DryRun", "Filter", "MaxResults", "SecurityGroupRuleId"},
      differs = "There is never a second page.")
  XmlWriter.Content describeSecurityGroupRules(Form form) {
    var ids = form.texts("SecurityGroupRuleId");
    var filters = form.filters();
    form.requireEmpty();
    ids.forEach(groups::rule);
    var shown =
        Ec2Filters.<GroupRule>apply(
            filters,
            Map.of(
                "group-id", each -> each.group().id(),
                "security-group-rule-id", each -> each.rule().id()),
            each -> each.rule().tags(),
            groups.rules().stream()
                .filter(each -> ids.isEmpty() || ids.contains(each.rule().id()))
                .toList());
    return to -> xml.rules(to, shown);
  }

  @Honours(
      value = {"DryRun", "GroupId", "SecurityGroupRule"},
      differs = "No traffic is filtered.")
  XmlWriter.Content modifySecurityGroupRules(Form form) {
    var group = groups.find(form.required("GroupId"));
    var items = form.items("SecurityGroupRule");
    form.requireEmpty();
    if (items.isEmpty()) {
      throw Ec2Fault.of(
          "MissingParameter", "The request must contain the parameter securityGroupRule");
    }
    var changed = group;
    for (var item : items) {
      changed = modified(changed, item);
    }
    groups.put(changed);
    return to -> to.element("return", "true");
  }

  private SecurityGroup modified(SecurityGroup group, Form item) {
    var found = groups.rule(item.required("SecurityGroupRuleId"));
    var direction = found.direction();
    member(group, direction, found.rule().id());
    var rule = reading(Map.of()).changed(found.rule(), item.part("SecurityGroupRule"));
    item.requireEmpty();
    var others = new ArrayList<>(group.rules(direction));
    others.removeIf(each -> each.id().equals(rule.id()));
    refuseDuplicate(rule, others);
    return group.changing(each -> each.id().equals(rule.id()) ? rule : each);
  }
}
