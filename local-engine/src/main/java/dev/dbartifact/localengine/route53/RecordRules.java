package dev.dbartifact.localengine.route53;

import java.net.InetAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.route53.model.AliasTarget;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// What a single change must be, whatever the zone holds. The words are AWS's.
final class RecordRules {

  private static final long LONGEST_TTL = Integer.MAX_VALUE;
  private static final Set<String> SINGLE = Set.of("CNAME", "SOA");
  private static final Set<String> ACTIONS = Set.of("CREATE", "DELETE", "UPSERT");

  private RecordRules() {}

  /// @throws RuntimeException the fault InvalidInput
  static void check(Change change) {
    if (change.actionAsString() == null || !ACTIONS.contains(change.actionAsString())) {
      throw enumeration("action", change.actionAsString(), "[CREATE, DELETE, UPSERT]");
    }
    var records = change.resourceRecordSet();
    if (records == null || records.name() == null || records.typeAsString() == null) {
      throw DnsFault.INVALID_INPUT.with(
          "Invalid XML ; a ResourceRecordSet needs a Name and a Type");
    }
    if (records.type() == RRType.UNKNOWN_TO_SDK_VERSION) {
      throw enumeration("type", records.typeAsString(), RRType.knownValues().toString());
    }
    requireValues(change, records);
    requireRouting(change, records);
    if (records.ttl() != null && (records.ttl() < 0 || records.ttl() > LONGEST_TTL)) {
      throw DnsFault.INVALID_INPUT.with(
          "Invalid request: Invalid value for TTL: %d", records.ttl());
    }
  }

  private static RuntimeException enumeration(String name, String value, String set) {
    return DnsFault.INVALID_INPUT.with(
        "1 validation error detected: Value '%s' at 'changeBatch.changes.1.member.%s' failed to"
            + " satisfy constraint: Member must satisfy enum value set: %s",
        value, name, set);
  }

  private static void requireValues(Change change, ResourceRecordSet records) {
    var alias = records.aliasTarget();
    if (alias != null) {
      requireComplete(alias);
    }
    var isTimed = records.ttl() != null;
    var isFilled = !records.resourceRecords().isEmpty();
    if (alias == null ? !(isTimed && isFilled) : isTimed || isFilled) {
      throw malformed(
          "Expected exactly one of [AliasTarget, all of [TTL, and ResourceRecords], or"
              + " TrafficPolicyInstanceId], but found "
              + (alias == null ? "none" : "more than one"),
          change);
    }
  }

  /// Of the schema: AWS holds requests to it.
  private static void requireComplete(AliasTarget alias) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("HostedZoneId", alias.hostedZoneId());
    parts.put("DNSName", alias.dnsName());
    parts.put("EvaluateTargetHealth", alias.evaluateTargetHealth());
    parts.forEach((name, value) -> {
      if (value == null) {
        throw DnsFault.INVALID_INPUT.with(
            "Invalid XML ; cvc-complex-type.2.4.b: The content of element 'AliasTarget' is not"
                + " complete. One of '{\"https://route53.amazonaws.com/doc/2013-04-01/\":%s}' is"
                + " expected.",
            name);
      }
    });
  }

  private static void requireRouting(Change change, ResourceRecordSet records) {
    var ways =
        Stream.of(
                records.weight(),
                records.regionAsString(),
                records.failoverAsString(),
                records.geoLocation(),
                records.geoProximityLocation(),
                records.multiValueAnswer(),
                records.cidrRoutingConfig())
            .filter(Objects::nonNull)
            .count();
    if (records.setIdentifier() == null && ways > 0) {
      throw malformed("Missing field 'SetIdentifier'", change);
    }
    if (records.setIdentifier() != null && ways != 1) {
      throw malformed(
          "Expected exactly one of [Weight, Region, Failover, GeoLocation, GeoProximityLocation,"
              + " MultiValueAnswer, or CidrRoutingConfig], but found "
              + (ways == 0 ? "none" : "more than one"),
          change);
    }
    if (records.weight() != null && (records.weight() < 0 || records.weight() > 255)) {
      throw malformed("Weight must be between 0 and 255", change);
    }
  }

  private static RuntimeException malformed(String what, Change change) {
    var records = change.resourceRecordSet();
    return DnsFault.INVALID_INPUT.with(
        "Invalid request: %s in Change with [Action=%s, Name=%s, Type=%s, SetIdentifier=%s]",
        what,
        change.actionAsString(),
        records.name(),
        records.typeAsString(),
        records.setIdentifier());
  }

  /// What is wrong with the values, as messages of InvalidChangeBatch.
  static List<String> values(ResourceRecordSet records) {
    var values =
        records.resourceRecords().stream()
            .map(ResourceRecord::value)
            .map(value -> value == null ? "" : value)
            .toList();
    var illegal =
        values.stream()
            .flatMap(value -> problem(records.typeAsString(), value).stream())
            .map("Invalid Resource Record: 'FATAL problem: %s'"::formatted);
    return Stream.concat(illegal, together(records, values)).toList();
  }

  /// What is wrong with the values beside each other.
  private static Stream<String> together(ResourceRecordSet records, List<String> values) {
    var type = records.typeAsString();
    if (SINGLE.contains(type) && values.size() > 1) {
      return Stream.of(
          "RRSet of type %s with DNS name %s must contain exactly one resource record."
              .formatted(type, DomainName.of(records.name())));
    }
    return values.stream()
        .filter(value -> Collections.frequency(values, value) > 1)
        .distinct()
        .map("Duplicate Resource Record: '%s'"::formatted);
  }

  private static List<String> problem(String type, String value) {
    return switch (type) {
      case "A" ->
          isAddress(value, 4)
              ? List.of()
              : List.of(
                  "ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '%s'"
                      .formatted(value));
      case "AAAA" ->
          isAddress(value, 16)
              ? List.of()
              : List.of(
                  "AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address) encountered with '%s'"
                      .formatted(value));
      case "TXT", "SPF" ->
          value.matches("(\"([^\"\\\\]|\\\\.){0,255}\"\\s*)+")
              ? List.of()
              : List.of(
                  "InvalidCharacterString (Value should be enclosed in quotation marks) encountered with '%s'"
                      .formatted(value));
      case "MX" -> fields(value, 2, "MXRRDATANotTwoFields (MX record doesn't have 2 fields)");
      case "SRV" -> fields(value, 4, "SRVRRDATANotFourFields (SRV record doesn't have 4 fields)");
      case "CNAME", "NS", "PTR" ->
          value.isBlank() || value.contains(" ")
              ? List.of(
                  "UnsupportedCharacter (Value contains unsupported characters) encountered with '%s'"
                      .formatted(value))
              : List.of();
      default -> List.of();
    };
  }

  private static List<String> fields(String value, int count, String problem) {
    return value.strip().split("\\s+").length == count
        ? List.of()
        : List.of("%s encountered with '%s'".formatted(problem, value));
  }

  private static boolean isAddress(String value, int bytes) {
    try {
      return value.toLowerCase(Locale.ROOT).matches("[0-9a-f:.]+")
          && (bytes == 16 || value.matches("[0-9]+(\\.[0-9]+){3}"))
          && InetAddress.ofLiteral(value).getAddress().length == bytes;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
