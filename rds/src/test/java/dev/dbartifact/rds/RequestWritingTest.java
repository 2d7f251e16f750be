package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.Tags;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

class RequestWritingTest {
  private static final ClusterId PROD = new ClusterId("prod");
  private static final ClusterId DEV = new ClusterId("dev");
  private static final Tags TAGS = Tags.of(Map.of("k", "v"));

  @Test
  void aBareCloneSaysOnlyWhatMustBeSaid() {
    var request =
        RequestWriting.write(
            new CloneCluster(PROD, DEV, SampleSettings.bare(), false, Tags.none()));

    assertThat(sent(request))
        .containsOnlyKeys(
            "DBClusterIdentifier",
            "RestoreType",
            "SourceDBClusterIdentifier",
            "UseLatestRestorableTime",
            "Tags")
        .containsEntry("RestoreType", "copy-on-write")
        .containsEntry("UseLatestRestorableTime", true);
  }

  @Test
  void aFullCloneSaysAllThatARestoreTakes() {
    var request =
        RequestWriting.write(new CloneCluster(PROD, DEV, SampleSettings.full(), true, TAGS));

    assertThat(sent(request))
        .containsOnlyKeys(
            "DBClusterIdentifier",
            "RestoreType",
            "SourceDBClusterIdentifier",
            "UseLatestRestorableTime",
            "Port",
            "DBSubnetGroupName",
            "VpcSecurityGroupIds",
            "Tags",
            "KmsKeyId",
            "EnableIAMDatabaseAuthentication",
            "EnableCloudwatchLogsExports",
            "DBClusterParameterGroupName",
            "DeletionProtection",
            "CopyTagsToSnapshot",
            "StorageType",
            "ServerlessV2ScalingConfiguration");
  }

  @Test
  void aKeyForAnUnencryptedSourceIsNotSent() {
    var request =
        RequestWriting.write(new CloneCluster(PROD, DEV, SampleSettings.full(), false, TAGS));

    assertThat(request.kmsKeyId()).isNull();
  }

  @Test
  void aCreateSaysEverything() {
    var request =
        RequestWriting.write(
            new CreateCluster(DEV, SampleSettings.full(), TAGS),
            Secret.masterPassword("a-password"));

    assertThat(request.engineVersion()).isEqualTo("17.4");
    assertThat(request.databaseName()).isEqualTo("orders");
    assertThat(request.masterUsername()).isEqualTo("shop");
    assertThat(request.masterUserPassword()).isEqualTo("a-password");
    assertThat(request.preferredMaintenanceWindow()).isEqualTo("sun:04:00-sun:04:30");
    assertThat(request.backupRetentionPeriod()).isEqualTo(7);
    assertThat(request.tags()).singleElement().hasToString("Tag(Key=k, Value=v)");
  }

  @Test
  void anInstanceSaysOnlyWhatIsItsOwn() {
    var request =
        RequestWriting.write(
            new CreateInstance(DEV, new ClusterId("dev-1"), SampleSettings.full(), TAGS));

    assertThat(sent(request))
        .containsOnlyKeys(
            "DBClusterIdentifier",
            "DBInstanceIdentifier",
            "DBInstanceClass",
            "Engine",
            "DBParameterGroupName",
            "PubliclyAccessible",
            "AutoMinorVersionUpgrade",
            "PreferredMaintenanceWindow",
            "Tags");
  }

  @Test
  void aModifyIsAlwaysAtOnce() {
    var request = modify(Set.of(SettingField.PORT), List.of(), Optional.empty());

    assertThat(sent(request)).containsOnlyKeys("DBClusterIdentifier", "ApplyImmediately", "Port");
    assertThat(request.applyImmediately()).isTrue();
  }

  @Test
  void thePasswordGoesWithTheSettings() {
    var request =
        modify(
            Set.of(SettingField.BACKUP_WINDOW),
            List.of(),
            Optional.of(Secret.masterPassword("a-password")));

    assertThat(request.masterUserPassword()).isEqualTo("a-password");
    assertThat(request.preferredBackupWindow()).isEqualTo("03:00-03:30");
  }

  @Test
  void logExportsAreADifference() {
    var request = modify(Set.of(SettingField.LOG_EXPORTS), List.of("audit"), Optional.empty());

    assertThat(request.cloudwatchLogsExportConfiguration().enableLogTypes())
        .containsExactly("postgresql");
    assertThat(request.cloudwatchLogsExportConfiguration().disableLogTypes())
        .containsExactly("audit");
  }

  @ParameterizedTest
  @EnumSource
  void everySettingThatCanBeChangedIsSent(SettingField field) {
    boolean possible = field.change() != SettingField.Change.IMPOSSIBLE;
    if (field.scope() == SettingField.Scope.INSTANCE) {
      var wish =
          new ModifyInstance(DEV, new ClusterId("dev-1"), EnumSet.of(field), SampleSettings.full());
      assertThat(sent(RequestWriting.write(wish))).hasSize(3);
    } else if (possible) {
      assertThat(sent(modify(Set.of(field), List.of(), Optional.empty()))).hasSize(3);
    } else {
      assertThatThrownBy(() -> modify(Set.of(field), List.of(), Optional.empty()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static ModifyDbClusterRequest modify(
      Set<SettingField> fields, List<String> logs, Optional<Secret> password) {
    return RequestWriting.write(
        new ModifyCluster(DEV, fields, SampleSettings.full(), logs), password);
  }

  /// What goes over the wire: wire name and value.
  private static Map<String, Object> sent(SdkPojo request) {
    var sent = new TreeMap<String, Object>();
    request
        .sdkFields()
        .forEach(field -> {
          Object value = field.getValueOrDefault(request);
          boolean empty = value instanceof List<?> list && list.isEmpty();
          if (value != null && (!empty || field.memberName().equals("Tags"))) {
            sent.put(field.memberName(), value);
          }
        });
    return sent;
  }
}
