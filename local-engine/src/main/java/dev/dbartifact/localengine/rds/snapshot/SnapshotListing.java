package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.rds.model.Filter;

/// How the snapshots of one kind are listed, those of DB clusters or those of plain instances.
///
/// @param source the kind of the ARN of what they are of; see `Home.arn`
/// @param filters what each filter looks at
/// @param arns the kinds of the ARNs that may stand in a filter in place of names
record SnapshotListing(
    Home home,
    String source,
    Map<String, Function<Snapshot, String>> filters,
    Map<String, String> arns) {

  /// What is asked for; null for what is not.
  ///
  /// @param source the name or ARN of what the snapshots are of
  /// @param resourceId the same by the id that AWS gives
  record Wanted(String type, String source, String resourceId, List<Filter> filters) {}

  /// @param named all snapshots of the kind, or the one that is asked for by name
  Page<Snapshot> page(
      Wanted wanted, Supplier<List<Snapshot>> named, String marker, Integer maxRecords) {
    Rules.oneOf(
        "SnapshotType", wanted.type(), "automated", "manual", "shared", "public", "awsbackup");
    var asked = Filters.named(wanted.filters(), home, arns);
    // The snapshots of a cluster or an instance stay when it goes.
    var found = named.get().stream().filter(each -> isOf(wanted.source(), each)).toList();
    var shown =
        Filters.apply(asked, filters, found).stream()
            .filter(each -> each.isOfType(wanted.type()))
            .filter(each -> isAsked(wanted.resourceId(), each.settings().dbClusterResourceId()))
            .sorted(Comparator.comparing(Snapshot::id))
            .toList();
    return Page.of(shown, Snapshot::id, marker, maxRecords);
  }

  private boolean isOf(String asked, Snapshot snapshot) {
    return asked == null
        || home.name(source, asked).equalsIgnoreCase(snapshot.settings().dbClusterIdentifier());
  }

  private static boolean isAsked(String asked, String value) {
    return asked == null || asked.equals(value);
  }
}
