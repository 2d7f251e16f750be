package dev.dbartifact.localengine.route53;

import software.amazon.awssdk.services.route53.model.ListResourceRecordSetsRequest;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// Where a list of records begins.
///
/// @param name null for the zone's first
/// @param type empty for the first of that name
/// @param identifier empty for the first of that type
record RecordStart(DomainName name, String type, String identifier) {

  static RecordStart of(ListResourceRecordSetsRequest request) {
    if (request.startRecordName() == null && request.startRecordTypeAsString() != null) {
      throw DnsFault.INVALID_INPUT.with(
          "The request must contain a record name if it contains a record type.");
    }
    if (request.startRecordTypeAsString() == null && request.startRecordIdentifier() != null) {
      throw DnsFault.INVALID_INPUT.with(
          "The request must contain a record type if it contains a record identifier.");
    }
    return new RecordStart(
        request.startRecordName() == null ? null : DomainName.of(request.startRecordName()),
        request.startRecordTypeAsString() == null ? "" : request.startRecordTypeAsString(),
        request.startRecordIdentifier() == null ? "" : request.startRecordIdentifier());
  }

  boolean isReached(ResourceRecordSet records) {
    return name == null
        || RecordKey.of(records).compareTo(new RecordKey(name, type, identifier)) >= 0;
  }
}
