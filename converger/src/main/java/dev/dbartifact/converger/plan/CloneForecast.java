package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.StorageSettings;
import dev.dbartifact.rds.CloneCluster;
import java.util.List;
import java.util.Optional;

/// What a clone will be before anything is modified: what the restore call takes, and for the rest
/// RDS's defaults or the source's values (RestoreDBClusterToPointInTime; "Cloning a volume for an
/// Aurora DB cluster"). Absent is what cannot be foretold.
final class CloneForecast {
  private CloneForecast() {}

  static ClusterSettings of(ClusterSettings source, CloneCluster request) {
    ClusterSettings wish = request.settings();
    return new ClusterSettings(
        source.engine(),
        source.engineVersion(),
        source.masterUsername(),
        source.databaseName(),
        network(wish),
        new HardwareSettings(Optional.empty(), 0, wish.hardware().serverless()),
        maintenance(wish),
        new ParameterSettings(wish.parameters().clusterGroup(), Optional.empty()),
        storage(source, wish, request.encryptedSource()),
        access(wish),
        request.tags());
  }

  private static NetworkSettings network(ClusterSettings wish) {
    return new NetworkSettings(
        wish.network().subnetGroup().or(() -> Optional.of("default")),
        Optional.empty(),
        wish.network().securityGroups(),
        wish.network().port().or(() -> Optional.of(new Port(wish.engine().defaultPort()))),
        Optional.empty());
  }

  /// The windows are drawn at random, and the retention is the source's of that moment.
  private static MaintenanceSettings maintenance(ClusterSettings wish) {
    return new MaintenanceSettings(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        wish.maintenance().deletionProtection().or(() -> Optional.of(false)),
        wish.maintenance().copyTagsToSnapshots().or(() -> Optional.of(false)));
  }

  private static StorageSettings storage(
      ClusterSettings source, ClusterSettings wish, boolean encrypted) {
    return new StorageSettings(
        wish.storage().storageType().or(() -> Optional.of("aurora")),
        source.storage().encrypted(),
        encrypted ? wish.storage().kmsKeyId().or(source.storage()::kmsKeyId) : Optional.empty());
  }

  private static AccessSettings access(ClusterSettings wish) {
    return new AccessSettings(
        wish.access().iamAuthentication().or(() -> Optional.of(false)),
        wish.access().logExports().or(() -> Optional.of(List.of())));
  }
}
