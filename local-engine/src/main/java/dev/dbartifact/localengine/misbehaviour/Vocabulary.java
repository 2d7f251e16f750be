package dev.dbartifact.localengine.misbehaviour;

import dev.dbartifact.localengine.wire.ServiceOffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What rules may name: the actions that are offered, their faults, and states. A rule with a typo
/// would never do anything.
///
/// @param actions that are offered, such as `rds:CreateDBCluster`
/// @param faults of the actions
public record Vocabulary(SortedSet<String> actions, KnownFaults faults) {

  /// Of clusters and instances. See "Viewing DB cluster status" and "Viewing DB instance status" in
  /// the Aurora and the RDS User Guide; `restore-failed` is seen in answers, and in no list.
  private static final SortedSet<String> STATES =
      new TreeSet<>(
          Set.of(
              "available",
              "backing-up",
              "backtracking",
              "cloning-failed",
              "configuring-enhanced-monitoring",
              "configuring-iam-database-auth",
              "configuring-log-exports",
              "converting-to-vpc",
              "creating",
              "deleting",
              "failed",
              "failing-over",
              "inaccessible-encryption-credentials",
              "inaccessible-encryption-credentials-recoverable",
              "incompatible-create",
              "incompatible-network",
              "incompatible-option-group",
              "incompatible-parameters",
              "incompatible-restore",
              "insufficient-capacity",
              "maintenance",
              "migrating",
              "migration-failed",
              "modifying",
              "moving-to-vpc",
              "preparing-data-migration",
              "promoting",
              "rebooting",
              "renaming",
              "resetting-master-credentials",
              "restore-error",
              "restore-failed",
              "scaling-compute",
              "scaling-storage",
              "starting",
              "stopped",
              "stopping",
              "storage-full",
              "storage-initialization",
              "storage-optimization",
              "update-iam-db-auth",
              "upgrading"));

  /// That of an engine that offers this. The faults are those of AWS's own models.
  public static Vocabulary of(Collection<ServiceOffer> offers) {
    var actions =
        offers.stream()
            .flatMap(offer ->
                offer.actions().keySet().stream().map(name -> offer.service() + ":" + name))
            .collect(Collectors.toCollection(TreeSet::new));
    return new Vocabulary(actions, KnownFaults.ofTheModels());
  }

  /// What of the rule names nothing, in words.
  List<String> problems(Rule rule) {
    var problems = new ArrayList<String>();
    var meant = fitting(rule.action());
    if (meant.isEmpty()) {
      problems.add(unknown("action", rule.action()));
    }
    if (rule.after() != null && fitting(rule.after()).isEmpty()) {
      problems.add(unknown("after", rule.after()));
    }
    if (rule.fault() != null && !meant.isEmpty()) {
      problems.addAll(problems(rule, meant));
    }
    if (rule.endsIn() != null && !STATES.contains(rule.endsIn())) {
      problems.add(
          "endsIn %s is no state of AWS%s"
              .formatted(rule.endsIn(), NearMiss.hint(rule.endsIn(), STATES)));
    }
    return problems;
  }

  private List<String> problems(Rule rule, List<String> meant) {
    var code = rule.fault().code();
    var known = new TreeSet<>(KnownFaults.common());
    for (var action : meant) {
      var own = faults.of(action);
      if (own.isEmpty() || code == null) {
        return List.of();
      }
      known.addAll(own.get());
    }
    return known.contains(code)
        ? List.of()
        : List.of(
            "%s has no fault %s%s".formatted(rule.action(), code, NearMiss.hint(code, known)));
  }

  private List<String> fitting(String pattern) {
    return actions.stream()
        .filter(action -> pattern != null && Rule.fits(pattern, action))
        .toList();
  }

  /// The nearest name is one of the same service, where there is that.
  private String unknown(String what, String pattern) {
    var service = String.valueOf(pattern).replaceFirst(":.*", ":");
    var near = actions.stream().filter(action -> action.startsWith(service)).toList();
    return "%s %s is none that the engine offers%s"
        .formatted(
            what, pattern, NearMiss.hint(String.valueOf(pattern), near.isEmpty() ? actions : near));
  }
}
