package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;
import software.amazon.awssdk.services.rds.model.RdsException;

/// An engine with instances that are no members of clusters, on PostgreSQL and MariaDB.
abstract class PlainInstanceFixture extends EngineFixture {
  static final PendingModifiedValues NOTHING = PendingModifiedValues.builder().build();

  @Override
  @BeforeEach
  void start() throws Exception {
    host.mariaDb = List.of("10.11.19");
    super.start();
  }

  DBInstance create(String id, Consumer<CreateDbInstanceRequest.Builder> more) {
    return engine
        .rds
        .createDBInstance(request -> {
          request
              .dbInstanceIdentifier(id)
              .engine("postgres")
              .dbInstanceClass("db.t4g.micro")
              .allocatedStorage(20)
              .masterUsername("shop")
              .masterUserPassword(TestEngine.PASSWORD);
          more.accept(request);
        })
        .dbInstance();
  }

  DBInstance made(String id) {
    create(id, _ -> {});
    return until(id, "available");
  }

  DBInstance modify(String id, Consumer<ModifyDbInstanceRequest.Builder> change) {
    return engine
        .rds
        .modifyDBInstance(request -> change.accept(request.dbInstanceIdentifier(id)))
        .dbInstance();
  }

  /// The one volume whose server listens where the instance answers.
  FakeDatabaseHost.Volume volume(DBInstance instance) {
    return host.volumes.get(storage(instance));
  }

  static void refused(
      Class<? extends RdsException> fault,
      String why,
      org.assertj.core.api.ThrowableAssert.ThrowingCallable asked) {
    assertThatThrownBy(asked).isInstanceOf(fault).hasMessageContaining(why);
  }

  void snapshot(String id, String instance) {
    engine.rds.createDBSnapshot(r -> r.dbSnapshotIdentifier(id).dbInstanceIdentifier(instance));
    // The instance is there a moment before its snapshot.
    TestEngine.await("snapshot " + id, () -> describeSnapshot(id).status().equals("available"));
    until(instance, "available");
  }

  DBSnapshot describeSnapshot(String id) {
    return engine
        .rds
        .describeDBSnapshots(request -> request.dbSnapshotIdentifier(id))
        .dbSnapshots()
        .getFirst();
  }
}
