package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Windows;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// What a new cluster is where its request says nothing.
record ClusterDefaults(Home home, Clock clock) {

  /// The storage of Aurora is in three zones, whatever a request asks for: RDS adds to fewer. There
  /// are three here.
  DBCluster.Builder of(String id, EngineVersion version) {
    var resourceId = Home.resourceId("cluster-");
    var random = new Random(resourceId.hashCode());
    var engine = version.engine();
    return DBCluster.builder()
        .dbClusterIdentifier(id)
        .dbClusterResourceId(resourceId)
        .dbClusterArn(home.arn("cluster", id))
        .status(Status.CREATING)
        .engine(engine.title())
        .engineVersion(version.number())
        .engineMode("provisioned")
        .engineLifecycleSupport("open-source-rds-extended-support")
        .port(engine.port())
        .availabilityZones(home.zones())
        .hostedZoneId(home.hostedZone())
        .clusterCreateTime(clock.instant())
        .allocatedStorage(1)
        .backupRetentionPeriod(1)
        .preferredBackupWindow(Windows.anyBackup(random))
        .preferredMaintenanceWindow(Windows.anyMaintenance(random))
        .multiAZ(false)
        .storageEncrypted(false)
        .autoMinorVersionUpgrade(true)
        .copyTagsToSnapshot(false)
        .crossAccountClone(false)
        .deletionProtection(false)
        .httpEndpointEnabled(false)
        .networkType("IPV4")
        .associatedRoles(List.of())
        .domainMemberships(List.of());
  }
}
