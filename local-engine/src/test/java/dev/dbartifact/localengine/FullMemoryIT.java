package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk is full where the engine remembers what exists, while volumes have all the room they
/// want.
class FullMemoryIT {

  private static final String CLUSTER_ARN = "arn:aws:rds:us-west-2:000000000000:cluster:prod";

  /// What is answered to whom: a fault that the model lists for the action and that speaks of room;
  /// else an internal failure.
  private static final Map<String, String> REFUSALS =
      Map.ofEntries(
          Map.entry(
              "Action=CreateDBCluster&DBClusterIdentifier=dev&Engine=aurora-postgresql"
                  + "&MasterUsername=shop&MasterUserPassword=correct-horse",
              "InsufficientStorageClusterCapacity"),
          Map.entry(
              "Action=RestoreDBClusterToPointInTime&DBClusterIdentifier=dev&RestoreType=copy-on-write"
                  + "&SourceDBClusterIdentifier=prod&UseLatestRestorableTime=true",
              "InsufficientStorageClusterCapacity"),
          Map.entry(
              "Action=CreateDBInstance&DBInstanceIdentifier=prod-2&DBClusterIdentifier=prod"
                  + "&DBInstanceClass=db.r6g.large&Engine=aurora-postgresql",
              "StorageQuotaExceeded"),
          Map.entry(
              "Action=CreateDBInstance&DBInstanceIdentifier=plain&AllocatedStorage=20"
                  + "&DBInstanceClass=db.r6g.large&Engine=postgres&MasterUsername=shop"
                  + "&MasterUserPassword=correct-horse",
              "StorageQuotaExceeded"),
          Map.entry(
              "Action=ModifyDBCluster&DBClusterIdentifier=prod&BackupRetentionPeriod=7"
                  + "&ApplyImmediately=true",
              "StorageQuotaExceeded"),
          Map.entry(
              "Action=ModifyDBInstance&DBInstanceIdentifier=prod-1&PromotionTier=3"
                  + "&ApplyImmediately=true",
              "StorageQuotaExceeded"),
          Map.entry(
              "Action=CreateDBClusterSnapshot&DBClusterSnapshotIdentifier=s"
                  + "&DBClusterIdentifier=prod",
              "SnapshotQuotaExceeded"),
          Map.entry(
              "Action=CreateDBClusterParameterGroup&DBClusterParameterGroupName=p&Description=d"
                  + "&DBParameterGroupFamily=aurora-postgresql17",
              "DBParameterGroupQuotaExceeded"),
          Map.entry(
              "Action=CreateDBSubnetGroup&DBSubnetGroupName=n&DBSubnetGroupDescription=d"
                  + "&SubnetIds.SubnetIdentifier.1=subnet-0a10000000000000a"
                  + "&SubnetIds.SubnetIdentifier.2=subnet-0a10000000000000b",
              "DBSubnetGroupQuotaExceeded"),
          Map.entry(
              "Action=CreateDBClusterEndpoint&DBClusterEndpointIdentifier=e"
                  + "&DBClusterIdentifier=prod&EndpointType=ANY",
              "DBClusterEndpointQuotaExceededFault"),
          Map.entry(
              "Action=AddRoleToDBCluster&DBClusterIdentifier=prod&FeatureName=s3Import"
                  + "&RoleArn=arn:aws:iam::000000000000:role/loads",
              "DBClusterRoleQuotaExceeded"),
          Map.entry(
              "Action=DeleteDBCluster&DBClusterIdentifier=bare"
                  + "&FinalDBSnapshotIdentifier=last&SkipFinalSnapshot=false",
              "SnapshotQuotaExceeded"),
          Map.entry("Action=DeleteDBInstance&DBInstanceIdentifier=prod-1", "SnapshotQuotaExceeded"),
          Map.entry("Action=RebootDBInstance&DBInstanceIdentifier=prod-1", "InternalFailure"),
          Map.entry("Action=StopDBCluster&DBClusterIdentifier=prod", "InternalFailure"),
          Map.entry(
              "Action=AddTagsToResource&Tags.Tag.1.Key=a&Tags.Tag.1.Value=b&ResourceName="
                  + CLUSTER_ARN,
              "InternalFailure"));

  @TempDir Path folder;
  private LoopMount disk;

  @BeforeEach
  void aSmallDisk() throws IOException {
    disk = LoopMount.ext4(folder, 8 << 20, List.of("-b", "1024", "-O", "^has_journal"));
  }

  @AfterEach
  void unmount() throws IOException {
    disk.close();
  }

  @Test
  void whatCannotBeRememberedIsRefusedAndNothingIsHalfMade() throws Exception {
    try (var rds = PreparedRds.open(disk.path())) {
      rds.post(
          "Action=CreateDBCluster&DBClusterIdentifier=bare&Engine=aurora-postgresql"
              + "&MasterUsername=shop&MasterUserPassword=correct-horse");
      rds.awaitRest();
      var filler = disk.path().resolve("filler");
      fill(filler);
      var remembered = contents();
      var shown = shown(rds);

      for (var refusal : REFUSALS.entrySet()) {
        assertRefuses(rds, refusal.getKey(), refusal.getValue());
        rds.awaitRest();
        assertThat(shown(rds)).as(refusal.getKey()).isEqualTo(shown);
        assertThat(contents()).as(refusal.getKey()).isEqualTo(remembered);
      }

      TestEngine.await("the end of volumes without a record", () -> rds.host.volumes.size() == 2);
      Files.delete(filler);
      for (var request : List.of("CreateDBClusterSnapshot", "AddTagsToResource")) {
        assertThat(rds.post(form(request)).status()).as(request).isEqualTo(200);
        rds.awaitRest();
      }
    }
  }

  /// What has no fault of its own is thrown, and answered as an internal failure by the endpoint.
  private static void assertRefuses(PreparedRds rds, String form, String code) {
    if (code.equals("InternalFailure")) {
      assertThatExceptionOfType(StateException.class)
          .as(form)
          .isThrownBy(() -> rds.post(form))
          .matches(StateException::outOfSpace);
    } else {
      assertThat(rds.post(form).body())
          .as(form)
          .contains("<Code>" + code + "</Code>", "No space left on device");
    }
  }

  private static String form(String action) {
    return REFUSALS.keySet().stream()
        .filter(each -> each.startsWith("Action=" + action + "&"))
        .findFirst()
        .orElseThrow();
  }

  /// What a user sees, apart from what goes on by itself.
  private static String shown(PreparedRds rds) {
    return Stream.of(
            "DescribeDBClusters",
            "DescribeDBInstances",
            "DescribeDBClusterSnapshots",
            "DescribeDBClusterParameterGroups",
            "DescribeDBSubnetGroups",
            "DescribeDBClusterEndpoints")
        .map(action -> rds.post("Action=" + action).body())
        .collect(Collectors.joining("\n"))
        .replaceAll("<RequestId>[^<]+", "")
        .replaceAll("<LatestRestorableTime>[^<]+", "");
  }

  /// All files of the memory, by their names.
  private Map<String, String> contents() throws IOException {
    var contents = new TreeMap<String, String>();
    try (var files = Files.walk(disk.path())) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith("filler")) {
          var name = disk.path().relativize(file).toString();
          contents.put(name, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return contents;
  }

  private static void fill(Path file) throws IOException {
    try (var filler = new RandomAccessFile(file.toFile(), "rw")) {
      while (true) {
        filler.write(new byte[1024]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left on device");
    }
  }
}
