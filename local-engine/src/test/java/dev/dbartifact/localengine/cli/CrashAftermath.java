package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/// What always holds of an engine at rest that came after one that was killed, whatever that was
/// doing: all that is there works, and nothing is there that nobody knows of.
record CrashAftermath(CrashingEngine engine, CrashDatabases databases) {

  /// How many volumes have been set aside.
  int unclaimed() throws HostException {
    return Leftovers.unclaimed(engine.directory().root()).size();
  }

  void everySecretIsThatOfACluster() {
    var used =
        clusters().stream()
            .filter(each -> each.masterUserSecret() != null)
            .map(each -> each.masterUserSecret().secretArn())
            .toList();
    assertThat(engine.secrets().listSecrets().secretList())
        .extracting(SecretListEntry::arn)
        .containsExactlyInAnyOrderElementsOf(used);
  }

  /// @param reset whether `dev`, which was looked at already, may have fewer rows
  void everyClusterAnswers(boolean reset) throws SQLException {
    var clusters = clusters();
    assertThat(clusters).anyMatch(each -> each.dbClusterIdentifier().equals("prod"));
    for (var cluster : clusters) {
      var id = cluster.dbClusterIdentifier();
      assertThat(cluster.status()).as(id).isEqualTo("available");
      var lookedAt = reset && id.equals("dev");
      if (!lookedAt && !cluster.dbClusterMembers().isEmpty()) {
        hasAllRows(cluster);
      }
      if (lookedAt || !cluster.dbClusterMembers().isEmpty()) {
        assertThat(cluster.dbClusterMembers())
            .filteredOn(DBClusterMember::isClusterWriter)
            .hasSize(1);
      }
    }
    engine.await("every snapshot of a cluster", this::everyClusterSnapshotIsMade);
  }

  private void hasAllRows(DBCluster cluster) throws SQLException {
    assertThat(databases.rows(cluster)).as(cluster.dbClusterIdentifier()).isEqualTo("1000");
    assertThat(databases.rows(cluster.copy(to -> to.endpoint(cluster.readerEndpoint()))))
        .as("at the reader endpoint of " + cluster.dbClusterIdentifier())
        .isEqualTo("1000");
  }

  void everyPlainInstanceAnswers() throws SQLException {
    for (var instance : engine.plain()) {
      try (var connection = databases.connect(instance)) {
        assertThat(connection.isValid(10)).as(instance.dbInstanceIdentifier()).isTrue();
      }
    }
    engine.await("every snapshot of a plain instance", this::everyInstanceSnapshotIsMade);
  }

  /// Also one that the engine has just begun, as nobody asks it to back up what is new.
  private boolean everyInstanceSnapshotIsMade() {
    return engine.rds().describeDBSnapshots().dbSnapshots().stream()
        .allMatch(each -> each.status().equals("available"));
  }

  private boolean everyClusterSnapshotIsMade() {
    return engine.rds().describeDBClusterSnapshots().dbClusterSnapshots().stream()
        .allMatch(each -> each.status().equals("available"));
  }

  /// @param before how many volumes had been set aside before
  /// @param unrecorded whether there may be one more
  void nothingElseIsThere(int before, boolean unrecorded) throws Exception {
    var ofClusters = volumesOfClusters();
    engine.await(
        "a volume for each cluster, plain instance and snapshot, and no other",
        () -> hasNoOthers(volumes(), ofClusters));
    engine.await(
        "nothing that was to replace a volume",
        () -> allVolumes().stream().noneMatch(name -> name.endsWith(".next")));
    engine.await("no history of what is not there", this::everyHistoryIsOfAVolume);
    var instances = engine.rds().describeDBInstances().dbInstances().size();
    engine.await("one server for each instance", () -> servers(engine) == instances);
    new CrashTraces(engine).areThoseOfWhatIsThere();
    assertThat(unclaimed())
        .as("what was made before it was remembered is kept, not lost")
        .isLessThanOrEqualTo(before + (unrecorded ? 1 : 0));
  }

  private boolean hasNoOthers(List<String> volumes, Set<String> ofClusters) {
    var others = snapshots() + engine.plain().size();
    return volumes.containsAll(ofClusters) && volumes.size() == ofClusters.size() + others;
  }

  private boolean everyHistoryIsOfAVolume() {
    return allVolumes().stream()
        .filter(name -> name.startsWith("base.") || name.startsWith("log."))
        .allMatch(name -> volumes().contains(name.split("\\.")[1]));
  }

  private List<DBCluster> clusters() {
    return engine.rds().describeDBClusters().dbClusters();
  }

  private int snapshots() {
    return engine.rds().describeDBClusterSnapshots().dbClusterSnapshots().size()
        + engine.rds().describeDBSnapshots().dbSnapshots().size();
  }

  /// Those of the clusters themselves, and of their readers.
  private Set<String> volumesOfClusters() {
    var known = new TreeSet<String>();
    for (var cluster : clusters()) {
      known.add(lower(cluster.dbClusterResourceId()));
      cluster.dbClusterMembers().stream()
          .filter(member -> !member.isClusterWriter())
          .map(member -> resourceId(member.dbInstanceIdentifier()))
          .forEach(known::add);
    }
    return known;
  }

  private String resourceId(String instance) {
    var described = engine.rds().describeDBInstances(r -> r.dbInstanceIdentifier(instance));
    return lower(described.dbInstances().getFirst().dbiResourceId());
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// But templates and histories.
  private List<String> volumes() {
    return allVolumes().stream().filter(name -> !name.contains(".")).toList();
  }

  private List<String> allVolumes() {
    var all = new ArrayList<String>();
    for (var root : List.of("volumes", "pool/volumes")) {
      var names = engine.directory().root().resolve(root).toFile().list();
      Stream.of(names == null ? new String[0] : names).forEach(all::add);
    }
    return all;
  }

  static int servers(CrashingEngine engine) {
    try {
      return Leftovers.servers(engine.directory().root());
    } catch (HostException e) {
      throw new IllegalStateException(e);
    }
  }
}
