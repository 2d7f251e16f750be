package dev.dbartifact.localengine.route53;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/// What a zone holds after a batch of changes: all of them, or none and the reasons. The words are
/// AWS's.
///
/// See `ChangeResourceRecordSets` in the API reference of Route 53.
final class ChangeBatchPlan {

  private static final int MOST = 1000;

  private final DomainName zone;
  private final Map<RecordKey, ResourceRecordSet> records = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  private ChangeBatchPlan(DomainName zone, List<ResourceRecordSet> before) {
    this.zone = zone;
    before.forEach(each -> records.put(RecordKey.of(each), each));
  }

  /// @throws RuntimeException the fault, if anything is wrong
  static List<ResourceRecordSet> apply(
      DomainName zone, List<ResourceRecordSet> before, List<Change> changes) {
    if (changes.isEmpty()) {
      throw DnsFault.INVALID_INPUT.with(
          "1 validation error detected: Value '[]' at 'changeBatch.changes' failed to satisfy"
              + " constraint: Member must have length greater than or equal to 1");
    }
    changes.forEach(RecordRules::check);
    var plan = new ChangeBatchPlan(zone, before);
    plan.requireFew(changes);
    plan.requireDistinct(changes);
    plan.run(changes);
    if (!plan.problems.isEmpty()) {
      throw DnsFault.batch(plan.problems.stream().distinct().toList());
    }
    return List.copyOf(plan.records.values());
  }

  private void requireFew(List<Change> changes) {
    var values = changes.stream().mapToInt(ChangeBatchPlan::values).sum();
    if (changes.size() > MOST || values > MOST) {
      throw DnsFault.batch(List.of("Number of records limit of %d exceeded.".formatted(MOST)));
    }
  }

  /// What an UPSERT holds counts twice; see "Quotas" in the Route 53 Developer Guide.
  private static int values(Change change) {
    return change.resourceRecordSet().resourceRecords().size() * (isOf(change, "UPSERT") ? 2 : 1);
  }

  /// One change for each record set, or one that deletes and one that creates it.
  private void requireDistinct(List<Change> changes) {
    var byKey = new HashMap<RecordKey, List<String>>();
    for (var change : changes) {
      byKey
          .computeIfAbsent(RecordKey.of(change.resourceRecordSet()), any -> new ArrayList<>())
          .add(change.actionAsString());
    }
    byKey.forEach((key, actions) -> {
      var replaced =
          actions.size() == 2 && actions.contains("CREATE") && actions.contains("DELETE");
      if (actions.size() > 1 && !replaced) {
        problems.add(
            "The request contains an invalid set of changes for a resource record set '%s %s'"
                .formatted(key.type(), key.name()));
      }
    });
  }

  private void run(List<Change> changes) {
    changes.stream()
        .filter(each -> isOf(each, "DELETE"))
        .forEach(each -> delete(normal(each.resourceRecordSet())));
    changes.stream()
        .filter(each -> !isOf(each, "DELETE"))
        .forEach(each -> put(normal(each.resourceRecordSet()), isOf(each, "CREATE")));
    requireOwnRecords();
  }

  private static boolean isOf(Change change, String action) {
    return action.equals(change.actionAsString());
  }

  static ResourceRecordSet normal(ResourceRecordSet given) {
    return given.copy(to -> {
      to.name(DomainName.of(given.name()).text());
      if (given.aliasTarget() != null) {
        var target = DomainName.of(given.aliasTarget().dnsName()).text();
        to.aliasTarget(given.aliasTarget().copy(alias -> alias.dnsName(target)));
      }
    });
  }

  private void delete(ResourceRecordSet wanted) {
    var key = RecordKey.of(wanted);
    var there = records.get(key);
    if (there == null) {
      problems.add("Tried to delete resource record set %s but it was not found".formatted(key));
    } else if (!same(there, wanted)) {
      problems.add(
          "Tried to delete resource record set %s but the values provided do not match the current values"
              .formatted(key));
    } else {
      records.remove(key);
    }
  }

  /// The order of the values means nothing.
  private static boolean same(ResourceRecordSet one, ResourceRecordSet other) {
    return sorted(one).equals(sorted(other));
  }

  private static ResourceRecordSet sorted(ResourceRecordSet records) {
    return records.hasResourceRecords()
        ? records.copy(to ->
            to.resourceRecords(
                records.resourceRecords().stream()
                    .sorted(java.util.Comparator.comparing(each -> each.value()))
                    .toList()))
        : records;
  }

  private void put(ResourceRecordSet wanted, boolean mustBeNew) {
    var key = RecordKey.of(wanted);
    if (!key.name().isIn(zone)) {
      problems.add(
          "RRSet with DNS name %s is not permitted in zone %s".formatted(key.name(), zone));
      return;
    }
    problems.addAll(RecordRules.values(wanted));
    if (mustBeNew && records.containsKey(key)) {
      problems.add("Tried to create resource record set %s but it already exists".formatted(key));
      return;
    }
    problems.addAll(conflicts(key));
    records.put(key, wanted);
  }

  private List<String> conflicts(RecordKey key) {
    var conflicts = new ArrayList<String>();
    if (key.type().equals("CNAME") && key.name().equals(zone)) {
      conflicts.add(
          "RRSet of type CNAME with DNS name %s is not permitted at apex in zone %s"
              .formatted(key.name(), zone));
      return conflicts;
    }
    for (var other : sameName(key)) {
      if (!other.type().equals(key.type())
          && (key.type().equals("CNAME") || other.type().equals("CNAME"))) {
        conflicts.add(besideCname(key));
      } else if (other.hasSameNameAndType(key)
          && other.identifier().isEmpty() != key.identifier().isEmpty()) {
        conflicts.add(
            "RRSet with DNS name %s, type %s cannot be created as other RRSets exist with the same name and type."
                .formatted(key.name(), key.type()));
      }
    }
    return conflicts;
  }

  /// AWS says it in other words when the CNAME comes second.
  private String besideCname(RecordKey key) {
    var beginning =
        "RRSet of type %s with DNS name %s is not permitted ".formatted(key.type(), key.name());
    return beginning
        + (key.type().equals("CNAME")
            ? "as it conflicts with other records with the same DNS name in zone "
            : "because a conflicting RRSet of type CNAME with the same DNS name already exists in"
                + " zone ")
        + zone;
  }

  private List<RecordKey> sameName(RecordKey key) {
    return records.keySet().stream()
        .filter(other -> other.name().equals(key.name()) && !other.equals(key))
        .collect(Collectors.toList());
  }

  private void requireOwnRecords() {
    if (!records.containsKey(new RecordKey(zone, "SOA", ""))) {
      problems.add("A HostedZone must contain exactly one SOA record.");
    }
    if (!records.containsKey(new RecordKey(zone, "NS", ""))) {
      problems.add("A HostedZone must contain at least one NS record for the zone itself.");
    }
  }
}
