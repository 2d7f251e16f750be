package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.ec2.SecurityGroup.Kind;
import dev.dbartifact.localengine.ec2.SecurityGroup.Rule;
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
    to.element("securityGroupArn", arn(group.id()));
    to.element("groupName", group.name());
    to.element("groupDescription", group.description());
    to.element("vpcId", Home.VPC);
    to.element("ipPermissions", each -> permissions(each, group.ingress()));
    var everywhere = new Rule("", "-1", null, null, Kind.IPV4, "0.0.0.0/0", null);
    to.element("ipPermissionsEgress", each -> permissions(each, List.of(everywhere)));
    tags(to, group.tags());
  }

  private String arn(String id) {
    return "arn:aws:ec2:%s:%s:security-group/%s".formatted(home.region(), home.account(), id);
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
  private void permissions(XmlWriter to, List<Rule> rules) throws XMLStreamException {
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

  private static void ports(XmlWriter to, Rule rule) throws XMLStreamException {
    if (rule.from() != null) {
      to.element("fromPort", rule.from().toString());
    }
    if (rule.to() != null) {
      to.element("toPort", rule.to().toString());
    }
  }

  private void peers(XmlWriter to, String list, Kind kind, String name, List<Rule> rules)
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

  private void peer(XmlWriter to, String name, Rule rule) throws XMLStreamException {
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
    to.element("securityGroupArn", arn(group.id()));
    tags(to, group.tags());
  }

  void authorized(XmlWriter to, String groupId, List<Rule> rules) throws XMLStreamException {
    to.element("return", "true");
    to.element(
        "securityGroupRuleSet",
        set -> {
          for (var rule : rules) {
            set.element("item", item -> rule(item, groupId, rule));
          }
        });
  }

  private void rule(XmlWriter to, String groupId, Rule rule) throws XMLStreamException {
    to.element("securityGroupRuleId", rule.id());
    to.element("groupId", groupId);
    to.element("groupOwnerId", home.account());
    to.element("isEgress", "false");
    to.element("ipProtocol", rule.protocol());
    ports(to, rule);
    switch (rule.kind()) {
      case IPV4 -> to.element("cidrIpv4", rule.peer());
      case IPV6 -> to.element("cidrIpv6", rule.peer());
      case GROUP ->
          to.element(
              "referencedGroupInfo",
              peer -> {
                peer.element("groupId", rule.peer());
                peer.element("userId", home.account());
              });
    }
    if (rule.description() != null) {
      to.element("description", rule.description());
    }
  }
}
