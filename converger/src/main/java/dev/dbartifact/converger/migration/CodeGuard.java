package dev.dbartifact.converger.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import liquibase.change.Change;
import liquibase.change.core.ExecuteShellCommandChange;
import liquibase.change.core.OutputChange;
import liquibase.change.custom.CustomChangeWrapper;
import liquibase.changelog.ChangeSet;
import liquibase.precondition.CustomPreconditionWrapper;
import liquibase.precondition.Precondition;
import liquibase.precondition.PreconditionLogic;

/// Finds what in a changelog would run something outside the database: a changelog is data from the
/// one who built the artifact, and the one who converges it has credentials.
final class CodeGuard {
  private CodeGuard() {}

  /// What the conditions of the changelog and of all that it includes would run. To be asked before
  /// they are checked: Liquibase checks them before any change set.
  static List<String> findings(Precondition ofTheChangelog) {
    return preconditions(ofTheChangelog)
        .map(what ->
            "the <preConditions> of the changelog itself, or of one it includes, use " + what)
        .toList();
  }

  /// What each change set would run, one sentence part each; empty: nothing.
  static List<String> findings(List<ChangeSet> changeSets, ChangeSetLines lines) {
    var findings = new ArrayList<String>();
    for (ChangeSet each : changeSets) {
      outside(each).forEach(what -> findings.add(lines.ref(each) + " uses " + what));
    }
    return findings;
  }

  /// Standard output belongs to the answer of the command; a change set's remarks go beside it.
  static void divertRemarks(List<ChangeSet> changeSets) {
    changeSets.stream()
        .flatMap(each -> each.getChanges().stream())
        .filter(OutputChange.class::isInstance)
        .map(OutputChange.class::cast)
        .filter(each -> "STDOUT".equalsIgnoreCase(each.getTarget()))
        .forEach(each -> each.setTarget("STDERR"));
  }

  private static Stream<String> outside(ChangeSet changeSet) {
    Stream<String> changes = changeSet.getChanges().stream().flatMap(CodeGuard::outside);
    Stream<String> executor =
        changeSet.getRunWith() == null || "jdbc".equalsIgnoreCase(changeSet.getRunWith())
            ? Stream.empty()
            : Stream.of("runWith=" + changeSet.getRunWith());
    return Stream.of(changes, executor, preconditions(changeSet.getPreconditions()))
        .flatMap(each -> each);
  }

  private static Stream<String> outside(Change change) {
    return change instanceof ExecuteShellCommandChange || change instanceof CustomChangeWrapper
        ? Stream.of(change.createChangeMetaData().getName())
        : Stream.empty();
  }

  private static Stream<String> preconditions(Precondition precondition) {
    return switch (precondition) {
      case null -> Stream.empty();
      case CustomPreconditionWrapper custom -> Stream.of(custom.getName());
      case PreconditionLogic several ->
          several.getNestedPreconditions().stream().flatMap(CodeGuard::preconditions);
      default -> Stream.empty();
    };
  }
}
