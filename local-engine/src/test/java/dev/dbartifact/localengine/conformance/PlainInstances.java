package dev.dbartifact.localengine.conformance;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.DbInstanceNotFoundException;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbInstanceToPointInTimeRequest;

/// The plain instances of one check, which are in no DB cluster, and what can be done with them.
final class PlainInstances {

  static final String PASSWORD = "correct-horse";

  final RdsClient rds;
  private final Endpoint endpoint;
  private final String prefix;

  /// @param prefix of the names of the check's instances and snapshots
  PlainInstances(Endpoint endpoint, String prefix) {
    this.endpoint = endpoint;
    this.rds = endpoint.rds();
    this.prefix = prefix;
  }

  String name(String of) {
    return prefix + "-" + of;
  }

  DBInstance create(String of) {
    return create(of, _ -> {});
  }

  DBInstance create(String of, Consumer<CreateDbInstanceRequest.Builder> more) {
    return rds.createDBInstance(request ->
            more.accept(
                request
                    .dbInstanceIdentifier(name(of))
                    .engine("postgres")
                    .dbInstanceClass("db.t4g.medium")
                    .allocatedStorage(20)
                    .masterUsername("shop")
                    .masterUserPassword(PASSWORD)))
        .dbInstance();
  }

  /// An instance that is available.
  void running(String of) {
    create(of);
    await(of, "available");
  }

  DBInstance modify(String of, Consumer<ModifyDbInstanceRequest.Builder> change) {
    return rds.modifyDBInstance(request ->
            change.accept(request.dbInstanceIdentifier(name(of)).applyImmediately(false)))
        .dbInstance();
  }

  DBInstance reboot(String of) {
    return rds.rebootDBInstance(r -> r.dbInstanceIdentifier(name(of))).dbInstance();
  }

  DBInstance delete(String of) {
    return rds.deleteDBInstance(r -> r.dbInstanceIdentifier(name(of)).skipFinalSnapshot(true))
        .dbInstance();
  }

  DBSnapshot snapshot(String snapshot, String of) {
    return rds.createDBSnapshot(
            r -> r.dbSnapshotIdentifier(name(snapshot)).dbInstanceIdentifier(name(of)))
        .dbSnapshot();
  }

  /// A snapshot that is available, as its instance is.
  void taken(String snapshot, String of) {
    snapshot(snapshot, of);
    awaitSnapshot(snapshot);
    await(of, "available");
  }

  void awaitSnapshot(String snapshot) {
    await(
        name(snapshot) + " available",
        () -> describeSnapshot(snapshot).status().equals("available"));
  }

  DBSnapshot describeSnapshot(String snapshot) {
    return rds.describeDBSnapshots(r -> r.dbSnapshotIdentifier(name(snapshot)))
        .dbSnapshots()
        .getFirst();
  }

  DBInstance restore(String of, String snapshot) {
    return rds.restoreDBInstanceFromDBSnapshot(
            r -> r.dbInstanceIdentifier(name(of)).dbSnapshotIdentifier(name(snapshot)))
        .dbInstance();
  }

  DBInstance restore(
      String of, String source, Consumer<RestoreDbInstanceToPointInTimeRequest.Builder> time) {
    return rds.restoreDBInstanceToPointInTime(request ->
            time.accept(
                request
                    .targetDBInstanceIdentifier(name(of))
                    .sourceDBInstanceIdentifier(name(source))))
        .dbInstance();
  }

  DBInstance describe(String of) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(name(of))).dbInstances().getFirst();
  }

  void await(String of, String status) {
    await(of, instance -> instance.dbInstanceStatus().equals(status));
  }

  void await(String of, Predicate<DBInstance> condition) {
    await(name(of) + " as expected", () -> condition.test(describe(of)));
  }

  void await(String what, java.util.concurrent.Callable<Boolean> condition) {
    endpoint.await(what, condition);
  }

  void awaitGone(String of) {
    await(
        name(of) + " gone",
        () -> {
          try {
            describe(of);
            return false;
          } catch (DbInstanceNotFoundException e) {
            return true;
          }
        });
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
    var at = describe(of).endpoint();
    return new Databases.Server(at.address(), at.port());
  }
}
