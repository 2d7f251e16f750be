package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What read replicas need of their source: automated backups, and on MariaDB the binary log.
class ReadReplicaBackupTest extends ReadReplicaFixture {

  @ParameterizedTest
  @ValueSource(strings = {"mysql", "mariadb"})
  void mySqlAndMariaDbHaveThemToo(String name) {
    var own = source(r -> r.engine(name).masterUsername("admin"));
    var copy = replica("copy");
    assertThat(host.followed).containsExactly(Map.entry(storage(copy), storage(own)));
    assertThat(copy.engine()).isEqualTo(name);
    assertThat(copy.endpoint().port()).isEqualTo(3306);
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo("own");
    assertThat(copy.statusInfos().getFirst().status()).isEqualTo("replicating");

    promote("copy");
    assertThat(until("copy", "available").readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(host.followed).isEmpty();
  }

  @Test
  void aBinaryLogIsWrittenWhereThereAreBackups() {
    var own = storage(source(r -> r.engine("mariadb").backupRetentionPeriod(0)));
    assertThat(host.parameters.get(own)).containsEntry("log_bin", "0");
    refused("InvalidDBInstanceState", "backups are not enabled", () -> create("copy", _ -> {}));

    var starts = host.starts.get();
    modify("own", r -> r.backupRetentionPeriod(3).applyImmediately(true));
    until("own", "available");
    assertThat(host.parameters.get(own)).doesNotContainKey("log_bin");
    assertThat(host.starts).hasValue(starts + 1);

    modify("own", r -> r.backupRetentionPeriod(5).applyImmediately(true));
    until("own", "available");
    assertThat(host.starts).hasValue(starts + 1);

    modify("own", r -> r.backupRetentionPeriod(0).applyImmediately(true));
    until("own", "available");
    assertThat(host.parameters.get(own)).containsEntry("log_bin", "0");
  }

  @Test
  void backupsThatAreAboutToBeSwitchedOffAllowNoReplica() {
    source(r -> r.engine("mariadb"));
    var waiting = modify("own", r -> r.backupRetentionPeriod(0)).pendingModifiedValues();
    assertThat(waiting.backupRetentionPeriod()).isZero();
    refused(
        "InvalidDBInstanceState",
        "a BackupRetentionPeriod of 0 waits to be applied",
        () -> create("copy", _ -> {}));

    modify("own", r -> r.backupRetentionPeriod(1));
    replica("copy");
  }

  /// An earlier engine let both be.
  @Test
  void backupsThatWereToBeSwitchedOffBeforeThereWereReplicasStayOn() throws Exception {
    var own = source(r -> r.engine("mariadb"));
    replica("copy");
    awaitSwitchOff(own);
    var starts = host.starts.get();

    refused(
        "InvalidParameterValue",
        "source to read replicas",
        () -> modify("own", r -> r.multiAZ(true).applyImmediately(true)));
    assertThat(host.starts).hasValue(starts);
    assertThat(host.parameters.get(storage(own))).doesNotContainKey("log_bin");

    modify("own", r -> r.backupRetentionPeriod(2).multiAZ(true).applyImmediately(true));
    assertThat(until("own", "available").backupRetentionPeriod()).isEqualTo(2);
  }

  /// Lets it wait in what the engine remembers.
  private void awaitSwitchOff(DBInstance own) throws Exception {
    remembering(
        "instances/" + own.dbiResourceId() + ".json",
        settings -> settings.putObject("PendingModifiedValues").put("BackupRetentionPeriod", 0));
    until("own", "available");
    until("copy", "available");
  }
}
