package dev.dbartifact.localengine.conformance;

import dev.dbartifact.localengine.server.Usage;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;

/// The clusters of one check, and what can be done with them.
final class Clusters {

  static final String PASSWORD = "correct-horse";

  final RdsClient rds;
  private final Endpoint endpoint;
  private final String prefix;

  /// @param prefix of the names of the check's clusters
  Clusters(Endpoint endpoint, String prefix) {
    this.endpoint = endpoint;
    this.rds = endpoint.rds();
    this.prefix = prefix;
  }

  String name(String of) {
    return prefix + "-" + of;
  }

  DBCluster create(String of) {
    return rds.createDBCluster(r ->
            r.dbClusterIdentifier(name(of))
                .engine("aurora-postgresql")
                .masterUsername("shop")
                .masterUserPassword(PASSWORD))
        .dbCluster();
  }

  DBInstance createInstance(String of) {
    return rds.createDBInstance(r ->
            r.dbInstanceIdentifier(name(of) + "-1")
                .dbClusterIdentifier(name(of))
                .dbInstanceClass("db.r6g.large")
                .engine("aurora-postgresql"))
        .dbInstance();
  }

  DBCluster restore(String of, String source, String type) {
    return rds.restoreDBClusterToPointInTime(r ->
            r.dbClusterIdentifier(name(of))
                .sourceDBClusterIdentifier(name(source))
                .restoreType(type)
                .useLatestRestorableTime(true))
        .dbCluster();
  }

  /// A cluster with an instance, both available.
  void running(String of) {
    create(of);
    start(of);
  }

  /// Gives a cluster its instance.
  void start(String of) {
    createInstance(of);
    await(name(of) + "-1 available", () -> instance(of).dbInstanceStatus().equals("available"));
    await(of, "available");
  }

  void await(String of, String status) {
    await(of, cluster -> cluster.status().equals(status));
  }

  void await(String of, Predicate<DBCluster> condition) {
    await(name(of) + " as expected", () -> condition.test(describe(of)));
  }

  void awaitGone(String of) {
    await(
        name(of) + " gone",
        () -> {
          try {
            describe(of);
            return false;
          } catch (DbClusterNotFoundException e) {
            return true;
          }
        });
  }

  void await(String what, Callable<Boolean> condition) {
    endpoint.await(what, condition);
  }

  DBCluster describe(String of) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(name(of))).dbClusters().getFirst();
  }

  DBInstance instance(String of) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(name(of) + "-1"))
        .dbInstances()
        .getFirst();
  }

  void write(String of, String word) throws Databases.Refused {
    endpoint.write(server(of), PASSWORD, word);
  }

  List<String> read(String of) throws Databases.Refused {
    return endpoint.read(server(of), PASSWORD);
  }

  boolean letsIn(String of, String password) {
    return endpoint.letsIn(server(of), password);
  }

  private Databases.Server server(String of) {
    var cluster = describe(of);
    return new Databases.Server(cluster.endpoint(), cluster.port());
  }

  Usage bytes(String of) {
    return endpoint.bytes().apply(name(of));
  }
}
