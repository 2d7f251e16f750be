package dev.dbartifact.localengine.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dbartifact.localengine.server.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DbClusterNotFoundException;
import software.amazon.awssdk.services.rds.model.RdsException;

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
    var deadline = System.nanoTime() + endpoint.patience().toNanos();
    while (!isTrue(condition)) {
      assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static boolean isTrue(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
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
    endpoint.databases().write(describe(of), PASSWORD, word);
  }

  List<String> read(String of) throws Databases.Refused {
    return endpoint.databases().read(describe(of), PASSWORD);
  }

  boolean letsIn(String of, String password) {
    try {
      endpoint.databases().read(describe(of), password);
      return true;
    } catch (Databases.Refused e) {
      return false;
    }
  }

  Usage bytes(String of) {
    return endpoint.bytes().apply(name(of));
  }

  /// @param status of HTTP
  static void refused(String code, int status, ThrowingCallable call) {
    var fault = catchThrowableOfType(RdsException.class, call);
    assertThat(fault).as("is refused with " + code).isNotNull();
    assertThat(fault.awsErrorDetails().errorCode() + " " + fault.statusCode())
        .isEqualTo(code + " " + status);
  }
}
