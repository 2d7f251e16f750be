package dev.dbartifact.localengine.route53;

import dev.dbartifact.localengine.wire.AnswersWith;
import dev.dbartifact.localengine.wire.Honours;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.*;

/// Route 53: hosted zones and their records. No name server answers them.
public final class LocalRoute53 implements Route53Client {

  private static final int MOST_RECORDS = 300;
  private static final int MOST_ZONES = 100;

  private final Zones zones;
  private final String vpc;

  /// @param folder where the memory is
  /// @param vpc the one there is, for private zones
  /// @param propagation how long a change is PENDING
  public LocalRoute53(Path folder, String vpc, Clock clock, Duration propagation) {
    this.zones = new Zones(folder, clock, propagation);
    this.vpc = vpc;
  }

  @Override
  @AnswersWith(201)
  @Honours(
      value = {"Name", "VPC", "CallerReference", "HostedZoneConfig"},
      kept = {"HostedZoneConfig"},
      differs = "No name server answers for the zone.")
  public CreateHostedZoneResponse createHostedZone(CreateHostedZoneRequest request) {
    var reference = required("callerReference", request.callerReference());
    required("name", request.name());
    if (request.vpc() != null && !vpc.equals(request.vpc().vpcId())) {
      throw DnsFault.INVALID_VPC_ID.with(
          "The VPC: %s that you provided is not available.", request.vpc().vpcId());
    }
    return zones.changing(() -> {
      if (zones.all().stream().anyMatch(z -> z.zone().callerReference().equals(reference))) {
        throw DnsFault.HOSTED_ZONE_ALREADY_EXISTS.with(
            "A hosted zone has already been created with the specified caller reference.");
      }
      var zone = NewZone.of(request);
      zones.put(zone);
      return CreateHostedZoneResponse.builder()
          .hostedZone(zone.shown())
          .changeInfo(zones.submit(null))
          .delegationSet(zone.nameServers())
          .vpc(request.vpc())
          .location("https://route53.amazonaws.com/2013-04-01/hostedzone/" + zone.id())
          .build();
    });
  }

  private static String required(String name, String value) {
    if (value == null || value.isEmpty()) {
      throw DnsFault.INVALID_INPUT.with(
          "1 validation error detected: Value %s at '%s' failed to satisfy constraint: Member must"
              + " %s",
          value == null ? "null" : "''",
          name,
          value == null ? "not be null" : "have length greater than or equal to 1");
    }
    return value;
  }

  @Override
  @Honours({"Id"})
  public GetHostedZoneResponse getHostedZone(GetHostedZoneRequest request) {
    var zone = zones.find(request.id());
    return GetHostedZoneResponse.builder()
        .hostedZone(zone.shown())
        .delegationSet(zone.nameServers())
        .vpCs(zone.networks().isEmpty() ? null : zone.networks())
        .build();
  }

  @Override
  @Honours({"Id", "Comment"})
  public UpdateHostedZoneCommentResponse updateHostedZoneComment(
      UpdateHostedZoneCommentRequest request) {
    return zones.changing(() -> {
      var zone = zones.find(request.id());
      var config = zone.zone().config().copy(to -> to.comment(request.comment()));
      var updated = zone.as(zone.zone().copy(to -> to.config(config)));
      zones.put(updated);
      return UpdateHostedZoneCommentResponse.builder().hostedZone(updated.shown()).build();
    });
  }

  @Override
  @Honours({})
  public GetHostedZoneCountResponse getHostedZoneCount(GetHostedZoneCountRequest request) {
    return GetHostedZoneCountResponse.builder().hostedZoneCount((long) zones.all().size()).build();
  }

  @Override
  @Honours({"marker", "maxitems"})
  public ListHostedZonesResponse listHostedZones(ListHostedZonesRequest request) {
    var all = zones.all().stream().sorted(java.util.Comparator.comparing(StoredZone::id)).toList();
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
  @Honours({"Id"})
  public DeleteHostedZoneResponse deleteHostedZone(DeleteHostedZoneRequest request) {
    return zones.changing(() -> {
      var zone = zones.find(request.id());
      if (zone.records().size() > 2) {
        throw DnsFault.HOSTED_ZONE_NOT_EMPTY.with(
            "The specified hosted zone contains non-required resource record sets  and so"
                + " cannot be deleted.");
      }
      zones.remove(zone);
      return DeleteHostedZoneResponse.builder().changeInfo(zones.submit(null)).build();
    });
  }

  @Override
  @Honours(
      value = {"Id", "ChangeBatch"},
      differs =
          "No name server answers the records; alias targets and health checks are not looked up.")
  public ChangeResourceRecordSetsResponse changeResourceRecordSets(
      ChangeResourceRecordSetsRequest request) {
    var batch = request.changeBatch();
    if (batch == null) {
      throw DnsFault.INVALID_INPUT.with(
          "1 validation error detected: Value null at 'changeBatch' failed to satisfy constraint:"
              + " Member must not be null");
    }
    return zones.changing(() -> {
      var zone = zones.find(request.hostedZoneId());
      zones.put(zone.with(ChangeBatchPlan.apply(zone.name(), zone.records(), batch.changes())));
      return ChangeResourceRecordSetsResponse.builder()
          .changeInfo(zones.submit(batch.comment()))
          .build();
    });
  }

  @Override
  @Honours({"Id", "name", "type", "identifier", "maxitems"})
  public ListResourceRecordSetsResponse listResourceRecordSets(
      ListResourceRecordSetsRequest request) {
    var zone = zones.find(request.hostedZoneId());
    var page =
        DnsPage.of(
            zone.records(), RecordStart.of(request)::isReached, request.maxItems(), MOST_RECORDS);
    var next = page.next();
    return ListResourceRecordSetsResponse.builder()
        .resourceRecordSets(page.items())
        .isTruncated(next.isPresent())
        .nextRecordName(next.map(ResourceRecordSet::name).orElse(null))
        .nextRecordType(next.map(ResourceRecordSet::typeAsString).orElse(null))
        .nextRecordIdentifier(next.map(ResourceRecordSet::setIdentifier).orElse(null))
        .maxItems(page.maxItems())
        .build();
  }

  @Override
  @Honours(
      value = {"Id"},
      differs = "A change is INSYNC after the time that the pace gives it; no name server is told.")
  public GetChangeResponse getChange(GetChangeRequest request) {
    return GetChangeResponse.builder().changeInfo(zones.change(request.id())).build();
  }

  @Override
  @Honours(
      value = {"ResourceType", "ResourceId", "AddTags", "RemoveTagKeys"},
      differs = "Of hosted zones only.")
  public ChangeTagsForResourceResponse changeTagsForResource(ChangeTagsForResourceRequest request) {
    requireZone(request.resourceTypeAsString());
    return zones.changing(() -> {
      var zone = zones.find(request.resourceId());
      var tags = new LinkedHashMap<String, Tag>();
      zone.tags().forEach(tag -> tags.put(tag.key(), tag));
      request.removeTagKeys().forEach(tags::remove);
      request.addTags().forEach(tag -> tags.put(required("key", tag.key()), tag));
      zones.put(zone.tagged(List.copyOf(tags.values())));
      return ChangeTagsForResourceResponse.builder().build();
    });
  }

  @Override
  @Honours(
      value = {"ResourceType", "ResourceId"},
      differs = "Of hosted zones only.")
  public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
    requireZone(request.resourceTypeAsString());
    var zone = zones.find(request.resourceId());
    return ListTagsForResourceResponse.builder()
        .resourceTagSet(
            ResourceTagSet.builder()
                .resourceType("hostedzone")
                .resourceId(zone.id())
                .tags(zone.tags())
                .build())
        .build();
  }

  private static void requireZone(String type) {
    if (!"hostedzone".equals(type)) {
      throw DnsFault.INVALID_INPUT.with(
          "The local engine has tags for the resource type hostedzone only, not '%s'", type);
    }
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
