package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.RdsException;

/// An engine with PostgreSQL 17.11 and 15.18, and MariaDB 10.11.19, and whoever asks it for other
/// versions: of plain instances, or of a cluster `prod`.
abstract class UpgradeFixture extends EngineFixture {

  @Override
  @BeforeEach
  void start() throws Exception {
    host.mariaDb = List.of("10.11.19");
    super.start();
  }

  DBInstance make(String id, Consumer<CreateDbInstanceRequest.Builder> more) {
    engine.rds.createDBInstance(request ->
        more.accept(
            request
                .dbInstanceIdentifier(id)
                .engine("postgres")
                .dbInstanceClass("db.t4g.micro")
                .allocatedStorage(20)
                .masterUsername("shop")
                .masterUserPassword(TestEngine.PASSWORD)));
    return until(id, "available");
  }

  DBInstance modify(String id, Consumer<ModifyDbInstanceRequest.Builder> change) {
    return engine
        .rds
        .modifyDBInstance(request -> change.accept(request.dbInstanceIdentifier(id)))
        .dbInstance();
  }

  DBCluster modify(Consumer<ModifyDbClusterRequest.Builder> change) {
    return engine
        .rds
        .modifyDBCluster(request -> change.accept(request.dbClusterIdentifier("prod")))
        .dbCluster();
  }

  static void refused(String why, ThrowingCallable asked) {
    assertThatThrownBy(asked)
        .isInstanceOfSatisfying(
            RdsException.class,
            e ->
                assertThat(e.awsErrorDetails().errorCode())
                    .isEqualTo("InvalidParameterCombination"))
        .hasMessageContaining(why);
  }
}
