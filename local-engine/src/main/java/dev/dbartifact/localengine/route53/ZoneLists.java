package dev.dbartifact.localengine.route53;

import dev.dbartifact.localengine.wire.Honours;
import java.util.Comparator;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.HostedZoneOwner;
import software.amazon.awssdk.services.route53.model.HostedZoneSummary;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByNameResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesByVpcResponse;
import software.amazon.awssdk.services.route53.model.ListHostedZonesRequest;
import software.amazon.awssdk.services.route53.model.ListHostedZonesResponse;

/// The lists of hosted zones.
final class ZoneLists implements Route53Client {

  private static final int MOST_ZONES = 100;

  private final Zones zones;
  private final String account;

  /// @param account whose the zones are
  ZoneLists(Zones zones, String account) {
    this.zones = zones;
    this.account = account;
  }

  @Override
  @Honours({"marker", "maxitems"})
  public ListHostedZonesResponse listHostedZones(ListHostedZonesRequest request) {
    var all = zones.all().stream().sorted(Comparator.comparing(StoredZone::id)).toList();
    var page =
        DnsPage.of(
            all,
            zone -> request.marker() == null || zone.id().compareTo(request.marker()) >= 0,
            request.maxItems(),
            MOST_ZONES);
    return ListHostedZonesResponse.builder()
        .hostedZones(page.items().stream().map(StoredZone::shown).toList())
        .marker(request.marker() == null ? "" : request.marker())
        .isTruncated(page.next().isPresent())
        .nextMarker(page.next().map(StoredZone::id).orElse(null))
        .maxItems(page.maxItems())
        .build();
  }

  @Override
  @Honours({"dnsname", "hostedzoneid", "maxitems"})
  public ListHostedZonesByNameResponse listHostedZonesByName(ListHostedZonesByNameRequest request) {
    if (request.dnsName() == null && request.hostedZoneId() != null) {
      throw DnsFault.INVALID_INPUT.with(
          "The request must contain a DNS name if it contains a hosted zone ID.");
    }
    var name = request.dnsName() == null ? null : DomainName.of(request.dnsName());
    var page =
        DnsPage.of(
            zones.all(),
            zone -> name == null || !isBefore(zone, name, request.hostedZoneId()),
            request.maxItems(),
            MOST_ZONES);
    return ListHostedZonesByNameResponse.builder()
        .hostedZones(page.items().stream().map(StoredZone::shown).toList())
        .dnsName(request.dnsName())
        .hostedZoneId(request.hostedZoneId())
        .isTruncated(page.next().isPresent())
        .nextDNSName(page.next().map(zone -> zone.name().text()).orElse(null))
        .nextHostedZoneId(page.next().map(StoredZone::id).orElse(null))
        .maxItems(page.maxItems())
        .build();
  }

  private static boolean isBefore(StoredZone zone, DomainName name, String id) {
    var order = zone.name().compareTo(name);
    return order < 0 || order == 0 && id != null && zone.id().compareTo(id) < 0;
  }

  @Override
  @Honours({"vpcid", "vpcregion", "maxitems", "nexttoken"})
  public ListHostedZonesByVpcResponse listHostedZonesByVPC(ListHostedZonesByVpcRequest request) {
    var id = DnsFault.required("vPCId", request.vpcId());
    var region = DnsFault.required("vPCRegion", request.vpcRegionAsString());
    var token = request.nextToken();
    if (token != null && zones.all().stream().noneMatch(zone -> zone.id().equals(token))) {
      throw DnsFault.INVALID_PAGINATION_TOKEN.with("The NextToken '%s' is not valid", token);
    }
    var associated =
        zones.all().stream()
            .filter(zone ->
                zone.networks().stream()
                    .anyMatch(network ->
                        id.equals(network.vpcId()) && region.equals(network.vpcRegionAsString())))
            .sorted(Comparator.comparing(StoredZone::id))
            .toList();
    var page =
        DnsPage.of(
            associated,
            zone -> token == null || zone.id().compareTo(token) >= 0,
            request.maxItems(),
            MOST_ZONES);
    return ListHostedZonesByVpcResponse.builder()
        .hostedZoneSummaries(page.items().stream().map(this::summary).toList())
        .maxItems(page.maxItems())
        .nextToken(page.next().map(StoredZone::id).orElse(null))
        .build();
  }

  private HostedZoneSummary summary(StoredZone zone) {
    return HostedZoneSummary.builder()
        .hostedZoneId(zone.id())
        .name(zone.zone().name())
        .owner(HostedZoneOwner.builder().owningAccount(account).build())
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
