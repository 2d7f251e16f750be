package dev.dbartifact.localengine.route53;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.route53.model.DelegationSet;
import software.amazon.awssdk.services.route53.model.HostedZone;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;
import software.amazon.awssdk.services.route53.model.Tag;
import software.amazon.awssdk.services.route53.model.VPC;

/// What the engine remembers of a hosted zone.
///
/// @param id such as `Z0123456789ABCDEFGHIJ`
/// @param nameServers null for a private zone
/// @param records sorted by [RecordKey]
record StoredZone(
    String id,
    HostedZone zone,
    DelegationSet nameServers,
    List<VPC> networks,
    List<ResourceRecordSet> records,
    List<Tag> tags) {

  StoredZone {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(zone, "zone");
    networks = List.copyOf(networks);
    records = List.copyOf(records);
    tags = List.copyOf(tags);
  }

  @JsonIgnore
  DomainName name() {
    return DomainName.of(zone.name());
  }

  /// Whether it is a private one of a network, which its id alone tells.
  boolean isIn(VPC network) {
    return networks.stream().anyMatch(each -> each.vpcId().equals(network.vpcId()));
  }

  /// As it is shown.
  @JsonIgnore
  HostedZone shown() {
    return zone.copy(to -> to.resourceRecordSetCount((long) records.size()));
  }

  StoredZone with(List<ResourceRecordSet> newRecords) {
    return new StoredZone(id, zone, nameServers, networks, newRecords, tags);
  }

  StoredZone tagged(List<Tag> newTags) {
    return new StoredZone(id, zone, nameServers, networks, records, newTags);
  }

  StoredZone as(HostedZone newZone) {
    return new StoredZone(id, newZone, nameServers, networks, records, tags);
  }
}
