package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceReadReplicaRequest;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RdsException;

/// An engine with a plain instance `own` that can have read replicas.
abstract class ReadReplicaFixture extends EngineFixture {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds");

  @Override
  @BeforeEach
  void start() throws Exception {
    host.mariaDb = List.of("10.11.19");
    super.start();
  }

  DBInstance source(Consumer<CreateDbInstanceRequest.Builder> more) {
    engine.rds.createDBInstance(request ->
        more.accept(
            request
                .dbInstanceIdentifier("own")
                .engine("postgres")
                .dbInstanceClass("db.t4g.small")
                .allocatedStorage(30)
                .masterUsername("shop")
                .masterUserPassword(TestEngine.PASSWORD)));
    return until("own", "available");
  }

  DBInstance create(String id, Consumer<CreateDbInstanceReadReplicaRequest.Builder> more) {
    return engine
        .rds
        .createDBInstanceReadReplica(request ->
            more.accept(request.dbInstanceIdentifier(id).sourceDBInstanceIdentifier("own")))
        .dbInstance();
  }

  DBInstance replica(String id) {
    create(id, _ -> {});
    return until(id, "available");
  }

  DBInstance modify(String id, Consumer<ModifyDbInstanceRequest.Builder> change) {
    return engine
        .rds
        .modifyDBInstance(request -> change.accept(request.dbInstanceIdentifier(id)))
        .dbInstance();
  }

  void delete(String id) {
    engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true));
  }

  DBInstance promote(String id) {
    return engine.rds.promoteReadReplica(r -> r.dbInstanceIdentifier(id)).dbInstance();
  }

  static void refused(String code, String why, ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            RdsException.class, e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code))
        .hasMessageContaining(why);
  }
}
