package dev.dbartifact.examples.bench;

import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/// Makes and deletes clusters of one instance through the RDS API.
final class Clusters {
  private static final String ENGINE = "aurora-postgresql";
  private static final String CLASS = "db.r6g.large";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// Between looks where the time until something is measured.
  static final Duration AT_ONCE = Duration.ofMillis(2);

  private final RdsClient rds;
  private final String password;
  private final Duration betweenLooks;

  /// @param betweenLooks at what is waited for
  Clusters(RdsClient rds, String password, Duration betweenLooks) {
    this.rds = rds;
    this.password = password;
    this.betweenLooks = betweenLooks;
  }

  /// The same, looked at less often.
  Clusters lookedAtEvery(Duration pause) {
    return new Clusters(rds, password, pause);
  }

  RdsClient rds() {
    return rds;
  }

  /// Makes an empty cluster and waits until it answers.
  ///
  /// @param major of the PostgreSQL version
  Database make(String id, int major) throws Exception {
    var cluster =
        rds.createDBCluster(wish ->
                wish.dbClusterIdentifier(id)
                    .engine(ENGINE)
                    .engineVersion(String.valueOf(major))
                    .databaseName("bench")
                    .masterUsername("bench")
                    .masterUserPassword(password))
            .dbCluster();
    createInstance(id);
    var database = database(cluster);
    database.awaitAnswer("SELECT 1");
    return database;
  }

  /// Asks for a copy-on-write clone with an instance, and does not wait for either.
  Database copy(String source, String id) {
    var cluster =
        rds.restoreDBClusterToPointInTime(wish ->
                wish.sourceDBClusterIdentifier(source)
                    .dbClusterIdentifier(id)
                    .restoreType("copy-on-write")
                    .useLatestRestorableTime(true))
            .dbCluster();
    createInstance(id);
    return database(cluster);
  }

  /// Deletes it with its instance, and waits until both are gone.
  void delete(String id) throws InterruptedException {
    for (var member :
        rds.describeDBClusters(wish -> wish.dbClusterIdentifier(id))
            .dbClusters()
            .getFirst()
            .dbClusterMembers()) {
      deleteInstance(member.dbInstanceIdentifier());
    }
    rds.deleteDBCluster(wish -> wish.dbClusterIdentifier(id).skipFinalSnapshot(true));
    await(id, () -> clusterIsGone(id));
  }

  /// Where an existing one answers.
  Database database(String id) {
    return database(
        rds.describeDBClusters(wish -> wish.dbClusterIdentifier(id)).dbClusters().getFirst());
  }

  /// Waits until the engine, too, says that its instance is there.
  void awaitAvailable(String id) throws InterruptedException {
    await(
        id,
        () ->
            rds.describeDBInstances(wish -> wish.dbInstanceIdentifier(id + "-1"))
                .dbInstances()
                .getFirst()
                .dbInstanceStatus()
                .equals("available"));
  }

  private void createInstance(String id) {
    rds.createDBInstance(wish ->
        wish.dbInstanceIdentifier(id + "-1")
            .dbClusterIdentifier(id)
            .engine(ENGINE)
            .dbInstanceClass(CLASS));
  }

  private void deleteInstance(String id) {
    rds.deleteDBInstance(wish -> wish.dbInstanceIdentifier(id).skipFinalSnapshot(true));
  }

  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private void await(String id, Condition condition) throws InterruptedException {
    var giveUp = Instant.now().plus(PATIENCE);
    while (!condition.holds()) {
      if (Instant.now().isAfter(giveUp)) {
        throw new IllegalStateException(id + " did not get that far within " + PATIENCE);
      }
      Thread.sleep(betweenLooks);
    }
  }

  private boolean clusterIsGone(String id) {
    try {
      rds.describeDBClusters(wish -> wish.dbClusterIdentifier(id));
      return false;
    } catch (DbClusterNotFoundException gone) {
      return true;
    }
  }

  private Database database(DBCluster cluster) {
    return new Database(cluster.endpoint(), cluster.port(), "bench", "bench", password);
  }
}
