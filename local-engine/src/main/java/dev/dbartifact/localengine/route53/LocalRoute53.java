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

  private final Zones zones;
  private final String vpc;

  private LocalRoute53(Zones zones, String vpc) {
    this.zones = zones;
    this.vpc = vpc;
  }

  /// All actions that are answered.
  ///
  /// @param folder where the memory is
  /// @param account whose the zones are, 12 digits
  /// @param vpc the one there is, for private zones
  /// @param propagation how long a change is PENDING
  public static Object[] actions(
      Path folder, String account, String vpc, Clock clock, Duration propagation) {
    var zones = new Zones(folder, clock, propagation);
    return new Object[] {new LocalRoute53(zones, vpc), new ZoneLists(zones, account)};
  }

  /// The classes of [#actions].
  public static Class<?>[] actionClasses() {
    return new Class<?>[] {LocalRoute53.class, ZoneLists.class};
  }

  @Override
  @AnswersWith(201)
  @Honours(
      value = {"Name", "VPC", "CallerReference", "HostedZoneConfig"},
      kept = {"HostedZoneConfig"},
      differs = "No name server answers for the zone.")
  public CreateHostedZoneResponse createHostedZone(CreateHostedZoneRequest request) {
    var reference = DnsFault.required("callerReference", request.callerReference());
    DnsFault.required("name", request.name());
    requireNetwork(request);
    return zones.changing(() -> {
      if (zones.all().stream().anyMatch(z -> z.zone().callerReference().equals(reference))) {
        throw DnsFault.HOSTED_ZONE_ALREADY_EXISTS.with(
            "A hosted zone has already been created with the specified caller reference.");
      }
      var zone = NewZone.of(request);
      zones.requireAlone(zone);
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

  /// A public zone has none.
  private void requireNetwork(CreateHostedZoneRequest request) {
    var network = request.vpc();
    var config = request.hostedZoneConfig();
    if (network == null) {
      if (config != null && Boolean.TRUE.equals(config.privateZone())) {
        throw DnsFault.INVALID_INPUT.with(
            "When you're creating a private hosted zone (when you specify true for PrivateZone), you"
                + " must also specify values for VPCId and VPCRegion.");
      }
      return;
    }
    if (!vpc.equals(network.vpcId())) {
      throw DnsFault.INVALID_VPC_ID.with(
          "The VPC: %s that you provided is not available.", network.vpcId());
    }
    DnsFault.required("vPC.vPCRegion", network.vpcRegionAsString());
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

  /// Terraform asks before it deletes a zone with all that is in it.
  @Override
  @Honours(
      value = {"Id"},
      differs = "No zone is signed.")
  public GetDnssecResponse getDNSSEC(GetDnssecRequest request) {
    var zone = zones.find(request.hostedZoneId());
    if (Boolean.TRUE.equals(zone.zone().config().privateZone())) {
      throw DnsFault.INVALID_ARGUMENT.with("Operation is unsupported for private hosted zones.");
    }
    return GetDnssecResponse.builder()
        .status(DNSSECStatus.builder().serveSignature("NOT_SIGNING").build())
        .keySigningKeys(List.of())
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
      request.addTags().forEach(tag -> tags.put(DnsFault.required("key", tag.key()), tag));
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
