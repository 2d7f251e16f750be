package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.ClusterId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.Tag;

class ClusterReadingTest {
  @Test
  void auroraDoesNotEchoItsStorageTypeAndInventsASize() {
    FoundCluster found = read(cluster().allocatedStorage(1).build());

    assertThat(found.settings().storage().storageType()).contains("aurora");
  }

  @Test
  void whatIsPendingShowsAsWhatItWillBe() {
    FoundCluster found =
        read(
            cluster()
                .backupRetentionPeriod(1)
                .enabledCloudwatchLogsExports("audit", "error")
                .pendingModifiedValues(values ->
                    values
                        .backupRetentionPeriod(7)
                        .iamDatabaseAuthenticationEnabled(true)
                        .pendingCloudwatchLogsExports(
                            logs -> logs.logTypesToEnable("postgresql").logTypesToDisable("audit")))
                .build());

    assertThat(found.pending())
        .containsExactly(
            SettingField.BACKUP_RETENTION,
            SettingField.IAM_AUTHENTICATION,
            SettingField.LOG_EXPORTS);
    assertThat(found.settings().maintenance().backupRetentionDays()).contains(7);
    assertThat(found.settings().access().iamAuthentication()).contains(true);
    assertThat(found.settings().access().logExports()).contains(List.of("error", "postgresql"));
  }

  @Test
  void emptyPendingValuesAreNone() {
    assertThat(read(cluster().pendingModifiedValues(values -> {}).build()).pending()).isEmpty();
    assertThat(read(cluster().pendingModifiedValues(values -> {}).build()).passwordPending())
        .isFalse();
    assertThat(
            read(cluster()
                    .pendingModifiedValues(values -> values.masterUserPassword("****"))
                    .build())
                .passwordPending())
        .isTrue();
  }

  @Test
  void anUpgradeThatSomebodyPutOffIsNoSettingOfOurs() {
    DBCluster upgrading =
        cluster()
            .pendingModifiedValues(
                values -> values.engineVersion("17.5").masterUserPassword("****"))
            .build();

    assertThat(read(upgrading).pending()).isEmpty();
  }

  @Test
  void aClassThatIsPendingShowsAsWhatItWillBe() {
    FoundInstance found =
        InstanceReading.read(
            DBInstance.builder()
                .dbInstanceIdentifier("dev-1")
                .dbInstanceClass("db.t4g.medium")
                .pendingModifiedValues(values -> values.dbInstanceClass("db.r6g.large"))
                .build());

    assertThat(found.pending()).containsExactly(SettingField.INSTANCE_CLASS);
    assertThat(found.instanceClass()).hasToString("Optional[db.r6g.large]");
  }

  @Test
  void amazonsOwnTagsAreLeftOut() {
    FoundCluster found =
        read(
            cluster()
                .tagList(
                    Tag.builder().key("aws:cloudformation:stack-name").value("x").build(),
                    Tag.builder().key("env").value("dev").build(),
                    Tag.builder().key("bare").build())
                .build());

    assertThat(found.tags().values()).containsOnlyKeys("env", "bare");
  }

  @Test
  void theWriterComesFirstAndSpeaksForAll() {
    DBCluster cluster =
        cluster()
            .dbClusterMembers(
                DBClusterMember.builder()
                    .dbInstanceIdentifier("dev-1")
                    .isClusterWriter(false)
                    .build(),
                DBClusterMember.builder()
                    .dbInstanceIdentifier("dev-2")
                    .isClusterWriter(true)
                    .dbClusterParameterGroupStatus("pending-reboot")
                    .build())
            .build();

    FoundCluster found =
        ClusterReading.read(
            cluster,
            List.of(instance("dev-1", "db.t4g.medium"), instance("dev-2", "db.r6g.large")));

    assertThat(found.instances())
        .extracting(each -> each.id().value())
        .containsExactly("dev-2", "dev-1");
    assertThat(found.writer().map(FoundInstance::id)).contains(new ClusterId("dev-2"));
    assertThat(found.settings().hardware().instanceClass()).hasToString("Optional[db.r6g.large]");
    assertThat(found.settings().hardware().instanceCount()).isEqualTo(2);
    assertThat(found.instances())
        .extracting(FoundInstance::parametersInSync)
        .containsExactly(false, true);
  }

  @Test
  void anInstanceBeingCreatedTellsLittle() {
    FoundInstance found =
        InstanceReading.read(DBInstance.builder().dbInstanceIdentifier("dev-1").build());

    assertThat(found.status()).isEqualTo("creating");
    assertThat(found.parameterGroup()).isEqualTo(Optional.empty());
    assertThat(found.parametersInSync()).isTrue();
  }

  private static FoundInstance instance(String id, String size) {
    return InstanceReading.read(
        DBInstance.builder()
            .dbInstanceIdentifier(id)
            .dbInstanceArn("arn:" + id)
            .dbInstanceStatus("available")
            .dbInstanceClass(size)
            .dbParameterGroups(
                DBParameterGroupStatus.builder()
                    .dbParameterGroupName("g")
                    .parameterApplyStatus("in-sync")
                    .build())
            .build());
  }

  private static DBCluster.Builder cluster() {
    return DBCluster.builder()
        .dbClusterIdentifier("dev")
        .dbClusterArn("arn:aws:rds:us-east-1:123456789012:cluster:dev")
        .status("available")
        .engine("aurora-postgresql");
  }

  private static FoundCluster read(DBCluster cluster) {
    return ClusterReading.read(cluster, List.of());
  }
}
