package dev.dbartifact.localengine.route53;

import java.util.Comparator;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// What tells record sets of a zone apart, and their order in lists.
///
/// @param identifier empty for simple records
record RecordKey(DomainName name, String type, String identifier) implements Comparable<RecordKey> {

  private static final Comparator<RecordKey> ORDER =
      Comparator.comparing(RecordKey::name)
          .thenComparing(RecordKey::type)
          .thenComparing(RecordKey::identifier);

  static RecordKey of(ResourceRecordSet records) {
    return new RecordKey(
        DomainName.of(records.name()),
        records.typeAsString(),
        records.setIdentifier() == null ? "" : records.setIdentifier());
  }

  boolean hasSameNameAndType(RecordKey other) {
    return name.equals(other.name) && type.equals(other.type);
  }

  @Override
  public int compareTo(RecordKey other) {
    return ORDER.compare(this, other);
  }

  /// In the words of AWS.
  @Override
  public String toString() {
    return identifier.isEmpty()
        ? "[name='%s', type='%s']".formatted(name, type)
        : "[name='%s', type='%s', set-identifier='%s']".formatted(name, type, identifier);
  }
}
