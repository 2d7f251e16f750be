package dev.dbartifact.localengine.ec2;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.wire.Honours;
import dev.dbartifact.localengine.wire.XmlWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;

/// The default VPC and its subnets, which are always there.
final class Networks {

  private static final String OPT_IN = "opt-in-not-required";

  /// See "View your default VPC" in the Amazon VPC User Guide.
  private static final Map<String, String> ATTRIBUTES =
      Map.of(
          "enableDnsHostnames", "true",
          "enableDnsSupport", "true",
          "enableNetworkAddressUsageMetrics", "false");

  private final Home home;
  private final NetworkXml xml;

  Networks(Home home) {
    this.home = home;
    this.xml = new NetworkXml(home);
  }

  @Honours(
      value = {"DryRun", "Filter", "MaxResults", "VpcId"},
      differs = "One default VPC, which is always there.")
  XmlWriter.Content describeVpcs(Form form) {
    for (var id : form.texts("VpcId")) {
      requireVpc(id);
    }
    var filters = form.filters();
    form.requireEmpty();
    var shown =
        Ec2Filters.<String>apply(
            filters,
            Map.of(
                "vpc-id", id -> id,
                "state", _ -> "available",
                "cidr", _ -> NetworkXml.RANGE,
                "is-default", _ -> "true",
                "isDefault", _ -> "true"),
            _ -> Map.of(),
            List.of(Home.VPC));
    return to ->
        to.element(
            "vpcSet",
            set -> {
              for (var id : shown) {
                set.element("item", item -> xml.vpc(item, id));
              }
            });
  }

  /// Terraform asks for each of them when it looks the VPC up.
  @Honours(
      value = {"Attribute", "DryRun", "VpcId"},
      differs = "Those of a default VPC, which cannot be changed.")
  XmlWriter.Content describeVpcAttribute(Form form) {
    var id = form.required("VpcId");
    var attribute = form.required("Attribute");
    form.requireEmpty();
    requireVpc(id);
    var value = ATTRIBUTES.get(attribute);
    if (value == null) {
      throw Ec2Fault.of(
          "InvalidParameterValue",
          "Value (%s) for parameter attribute is invalid. Must be one of %s.",
          attribute,
          String.join(", ", new TreeSet<>(ATTRIBUTES.keySet())));
    }
    return to -> {
      to.element("vpcId", id);
      to.element(attribute, of -> of.element("value", value));
    };
  }

  static void requireVpc(String id) {
    if (!id.equals(Home.VPC)) {
      throw Ec2Fault.of("InvalidVpcID.NotFound", "The vpc ID '%s' does not exist", id);
    }
  }

  @Honours(
      value = {"DryRun", "Filter", "MaxResults", "SubnetId"},
      differs = "Six subnets in three zones, which are always there, on one page.")
  XmlWriter.Content describeSubnets(Form form) {
    var ids = form.texts("SubnetId");
    var filters = form.filters();
    form.requireEmpty();
    for (var id : ids) {
      if (subnets().stream().noneMatch(subnet -> subnet.id().equals(id))) {
        throw Ec2Fault.of("InvalidSubnetID.NotFound", "The subnet ID '%s' does not exist", id);
      }
    }
    var named =
        subnets().stream().filter(each -> ids.isEmpty() || ids.contains(each.id())).toList();
    var shown =
        Ec2Filters.<NetworkXml.Subnet>apply(
            filters,
            Map.of(
                "subnet-id", NetworkXml.Subnet::id,
                "vpc-id", _ -> Home.VPC,
                "availability-zone", NetworkXml.Subnet::zone,
                "availabilityZone", NetworkXml.Subnet::zone,
                "cidr-block", NetworkXml.Subnet::range,
                "state", _ -> "available",
                "default-for-az", each -> String.valueOf(each.isDefault())),
            _ -> Map.of(),
            named);
    return to ->
        to.element(
            "subnetSet",
            set -> {
              for (var each : shown) {
                set.element("item", item -> xml.subnet(item, each));
              }
            });
  }

  /// Most Terraform configurations ask for them first.
  @Honours(
      value = {"AllAvailabilityZones", "DryRun", "Filter", "ZoneId", "ZoneName"},
      differs = "The three zones that databases can be in. There are no local zones.")
  XmlWriter.Content describeAvailabilityZones(Form form) {
    var names = form.texts("ZoneName");
    var ids = form.texts("ZoneId");
    form.text("AllAvailabilityZones");
    var filters = form.filters();
    form.requireEmpty();
    requireKnown("availability zone", names, home.zones());
    requireKnown("availability zone-id", ids, home.zones().stream().map(xml::zoneId).toList());
    var named =
        home.zones().stream()
            .filter(zone -> names.isEmpty() || names.contains(zone))
            .filter(zone -> ids.isEmpty() || ids.contains(xml.zoneId(zone)))
            .toList();
    var shown = Ec2Filters.<String>apply(filters, zoneFilters(), _ -> Map.of(), named);
    return to ->
        to.element(
            "availabilityZoneInfo",
            set -> {
              for (var zone : shown) {
                set.element("item", item -> zone(item, zone));
              }
            });
  }

  private static void requireKnown(String kind, List<String> wanted, List<String> known) {
    if (!known.containsAll(wanted)) {
      throw Ec2Fault.of("InvalidParameterValue", "Invalid %s: %s", kind, wanted);
    }
  }

  private Map<String, Function<String, String>> zoneFilters() {
    return Map.of(
        "zone-name", zone -> zone,
        "zone-id", xml::zoneId,
        "zone-type", _ -> "availability-zone",
        "state", _ -> "available",
        "region-name", _ -> home.region(),
        "group-name", _ -> zoneGroup(),
        "network-border-group", _ -> home.region(),
        "opt-in-status", _ -> OPT_IN);
  }

  private void zone(XmlWriter to, String zone) throws XMLStreamException {
    to.element("optInStatus", OPT_IN);
    to.element("messageSet", "");
    to.element("regionName", home.region());
    to.element("zoneName", zone);
    to.element("zoneId", xml.zoneId(zone));
    to.element("groupName", zoneGroup());
    to.element("networkBorderGroup", home.region());
    to.element("zoneType", "availability-zone");
    to.element("zoneState", "available");
  }

  /// See `GroupName` of AvailabilityZone in the Amazon EC2 API Reference.
  private String zoneGroup() {
    return home.region() + "-zg-1";
  }

  /// Terraform looks for those that other services have left in a group before it deletes it.
  @Honours(
      value = {"DryRun", "Filter", "MaxResults", "NetworkInterfaceId"},
      differs = "There are none: servers have none of their own.")
  XmlWriter.Content describeNetworkInterfaces(Form form) {
    var ids = form.texts("NetworkInterfaceId");
    form.filters();
    form.requireEmpty();
    if (!ids.isEmpty()) {
      throw Ec2Fault.of(
          "InvalidNetworkInterfaceID.NotFound",
          "The networkInterface ID '%s' does not exist",
          ids.getFirst());
    }
    return to -> to.element("networkInterfaceSet", "");
  }

  private List<NetworkXml.Subnet> subnets() {
    var all = home.subnets();
    return java.util.stream.IntStream.range(0, all.size())
        .mapToObj(at ->
            new NetworkXml.Subnet(
                all.get(at).subnetIdentifier(), all.get(at).subnetAvailabilityZone().name(), at))
        .toList();
  }
}
