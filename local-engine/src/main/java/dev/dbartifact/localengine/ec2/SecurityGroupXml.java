package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.ec2.SecurityGroupRule.Kind;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/// Security groups as EC2 writes them.
final class SecurityGroupXml {

  private final Home home;

  SecurityGroupXml(Home home) {
    this.home = home;
  }

  void groups(XmlWriter to, List<SecurityGroup> groups) throws XMLStreamException {
    to.element(
        "securityGroupInfo",
        info -> {
          for (var group : groups) {
            info.element("item", item -> group(item, group));
          }
        });
  }

  private void group(XmlWriter to, SecurityGroup group) throws XMLStreamException {
    to.element("ownerId", home.account());
    to.element("groupId", group.id());
    to.element("securityGroupArn", arn(Ec2Tags.GROUP, group.id()));
    to.element("groupName", group.name());
    to.element("groupDescription", group.description());
    to.element("vpcId", Home.VPC);
    to.element("ipPermissions", each -> permissions(each, group.ingress()));
    to.element("ipPermissionsEgress", each -> permissions(each, group.egress()));
    tagsIfAny(to, group.tags());
  }

  private String arn(String type, String id) {
    return "arn:aws:ec2:%s:%s:%s/%s".formatted(home.region(), home.account(), type, id);
  }

  /// As EC2 does, except in DescribeSecurityGroupRules.
  private static void tagsIfAny(XmlWriter to, Map<String, String> tags) throws XMLStreamException {
    if (!tags.isEmpty()) {
      tags(to, tags);
    }
  }

  private static void tags(XmlWriter to, Map<String, String> tags) throws XMLStreamException {
    to.element(
        "tagSet",
        set -> {
          for (var tag : tags.entrySet()) {
            set.element(
                "item",
                item -> {
                  item.element("key", tag.getKey());
                  item.element("value", tag.getValue());
                });
          }
        });
  }

  /// Rules for the same ports are one permission.
  private void permissions(XmlWriter to, List<SecurityGroupRule> rules) throws XMLStreamException {
    var left = new ArrayList<>(rules);
    while (!left.isEmpty()) {
      var first = left.getFirst();
      var together = left.stream().filter(first::hasSamePorts).toList();
      left.removeAll(together);
      to.element(
          "item",
          item -> {
            item.element("ipProtocol", first.protocol());
            ports(item, first);
            peers(item, "groups", Kind.GROUP, "groupId", together);
            peers(item, "ipRanges", Kind.IPV4, "cidrIp", together);
            peers(item, "ipv6Ranges", Kind.IPV6, "cidrIpv6", together);
            item.element("prefixListIds", "");
          });
    }
  }

  private static void ports(XmlWriter to, SecurityGroupRule rule) throws XMLStreamException {
    if (rule.from() != null) {
      to.element("fromPort", rule.from().toString());
    }
    if (rule.to() != null) {
      to.element("toPort", rule.to().toString());
    }
  }

  private void peers(
      XmlWriter to, String list, Kind kind, String name, List<SecurityGroupRule> rules)
      throws XMLStreamException {
    to.element(
        list,
        peers -> {
          for (var rule : rules) {
            if (rule.kind() == kind) {
              peers.element("item", item -> peer(item, name, rule));
            }
          }
        });
  }

  private void peer(XmlWriter to, String name, SecurityGroupRule rule) throws XMLStreamException {
    if (rule.kind() == Kind.GROUP) {
      to.element("userId", home.account());
    }
    to.element(name, rule.peer());
    if (rule.description() != null) {
      to.element("description", rule.description());
    }
  }

  void created(XmlWriter to, SecurityGroup group) throws XMLStreamException {
    to.element("groupId", group.id());
    to.element("securityGroupArn", arn(Ec2Tags.GROUP, group.id()));
    tagsIfAny(to, group.tags());
  }

  /// Rules that have been made now: without tags, they do not say that they have none.
  void made(XmlWriter to, List<GroupRule> rules) throws XMLStreamException {
    rules(to, rules, SecurityGroupXml::tagsIfAny);
  }

  void rules(XmlWriter to, List<GroupRule> rules) throws XMLStreamException {
    rules(to, rules, SecurityGroupXml::tags);
  }

  private interface Tagging {
    void write(XmlWriter to, Map<String, String> tags) throws XMLStreamException;
  }

  private void rules(XmlWriter to, List<GroupRule> rules, Tagging tagging)
      throws XMLStreamException {
    to.element(
        "securityGroupRuleSet",
        set -> {
          for (var of : rules) {
            set.element(
                "item",
                item -> {
                  rule(item, of);
                  tagging.write(item, of.rule().tags());
                });
          }
        });
  }

  private void rule(XmlWriter to, GroupRule of) throws XMLStreamException {
    var rule = of.rule();
    values(to, of);
    to.element("groupOwnerId", home.account());
    if (rule.kind() == Kind.GROUP) {
      to.element(
          "referencedGroupInfo",
          peer -> {
            peer.element("groupId", rule.peer());
            peer.element("userId", home.account());
          });
    }
    to.element("securityGroupRuleArn", arn(Ec2Tags.RULE, rule.id()));
  }

  /// What a rule that is there and one that is revoked have in common. All ports are -1.
  private static void values(XmlWriter to, GroupRule of) throws XMLStreamException {
    var rule = of.rule();
    to.element("securityGroupRuleId", rule.id());
    to.element("groupId", of.group().id());
    to.element("isEgress", String.valueOf(of.direction() == Direction.EGRESS));
    to.element("ipProtocol", rule.protocol());
    to.element("fromPort", rule.from() == null ? "-1" : rule.from().toString());
    to.element("toPort", rule.to() == null ? "-1" : rule.to().toString());
    if (rule.kind() == Kind.IPV4) {
      to.element("cidrIpv4", rule.peer());
    }
    if (rule.kind() == Kind.IPV6) {
      to.element("cidrIpv6", rule.peer());
    }
    if (rule.description() != null) {
      to.element("description", rule.description());
    }
  }

  /// @param unknown what no rule is like
  void revoked(XmlWriter to, List<GroupRule> rules, List<SecurityGroupRule> unknown)
      throws XMLStreamException {
    to.element("return", "true");
    to.element("unknownIpPermissionSet", each -> permissions(each, unknown));
    to.element(
        "revokedSecurityGroupRuleSet",
        set -> {
          for (var of : rules) {
            set.element("item", item -> revoked(item, of));
          }
        });
  }

  private static void revoked(XmlWriter to, GroupRule of) throws XMLStreamException {
    values(to, of);
    if (of.rule().kind() == Kind.GROUP) {
      to.element("referencedGroupId", of.rule().peer());
    }
  }
}
