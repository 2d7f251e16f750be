package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.wire.XmlWriter;
import javax.xml.stream.XMLStreamException;

/// The default VPC and its subnets as EC2 writes them: with what it says of those of accounts that
/// have changed nothing, in answers that users of the AWS command line published from 2023 to 2026.
final class NetworkXml {

  static final String RANGE = "172.31.0.0/16";
  private static final int ADDRESSES = 4091;

  private final Home home;

  NetworkXml(Home home) {
    this.home = home;
  }

  /// @param number from 0
  record Subnet(String id, String zone, int number) {
    String range() {
      return "172.31.%d.0/20".formatted(number * 16);
    }

    /// One in each zone, whose servers have public addresses, as in the default VPC of AWS.
    boolean isDefault() {
      return number < 3;
    }
  }

  void vpc(XmlWriter to, String id) throws XMLStreamException {
    to.element("vpcId", id);
    to.element("ownerId", home.account());
    to.element("state", "available");
    to.element("cidrBlock", RANGE);
    to.element(
        "cidrBlockAssociationSet",
        set ->
            set.element(
                "item",
                item -> {
                  item.element("associationId", "vpc-cidr-assoc-0a100000000000001");
                  item.element("cidrBlock", RANGE);
                  item.element("cidrBlockState", state -> state.element("state", "associated"));
                }));
    to.element("dhcpOptionsId", "dopt-0a100000000000001");
    to.element("instanceTenancy", "default");
    to.element("isDefault", "true");
    notBlocked(to);
  }

  /// The account blocks no public access to its VPCs.
  private static void notBlocked(XmlWriter to) throws XMLStreamException {
    to.element("blockPublicAccessStates", of -> of.element("internetGatewayBlockMode", "off"));
  }

  void subnet(XmlWriter to, Subnet subnet) throws XMLStreamException {
    to.element("subnetId", subnet.id());
    to.element(
        "subnetArn",
        "arn:aws:ec2:%s:%s:subnet/%s".formatted(home.region(), home.account(), subnet.id()));
    to.element("state", "available");
    to.element("ownerId", home.account());
    to.element("vpcId", Home.VPC);
    to.element("cidrBlock", subnet.range());
    to.element("availableIpAddressCount", String.valueOf(ADDRESSES));
    to.element("availabilityZone", subnet.zone());
    to.element("availabilityZoneId", zoneId(subnet.zone()));
    to.element("defaultForAz", String.valueOf(subnet.isDefault()));
    to.element("mapPublicIpOnLaunch", String.valueOf(subnet.isDefault()));
    to.element("mapCustomerOwnedIpOnLaunch", "false");
    to.element("assignIpv6AddressOnCreation", "false");
    to.element("ipv6CidrBlockAssociationSet", "");
    to.element("enableDns64", "false");
    to.element("ipv6Native", "false");
    to.element(
        "privateDnsNameOptionsOnLaunch",
        of -> {
          of.element("hostnameType", "ip-name");
          of.element("enableResourceNameDnsARecord", "false");
          of.element("enableResourceNameDnsAAAARecord", "false");
        });
    notBlocked(to);
  }

  /// Such as `usw2-az1` for `us-west-2a`.
  String zoneId(String zone) {
    var parts = home.region().split("-");
    var direction = new StringBuilder(parts[0]);
    for (var at = 1; at < parts.length; at++) {
      direction.append(parts[at].charAt(0));
    }
    return "%s-az%d".formatted(direction, zone.charAt(zone.length() - 1) - 'a' + 1);
  }
}
