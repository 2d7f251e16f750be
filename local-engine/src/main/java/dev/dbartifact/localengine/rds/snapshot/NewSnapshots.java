package dev.dbartifact.localengine.rds.snapshot;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Snapshot;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.tag.Tags;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.Tag;

/// What a snapshot is when it is new, and whether there may be one more.
public final class NewSnapshots {

  /// See "Quotas in Amazon Aurora" in the Aurora User Guide.
  public static final int MOST = 100;

  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("-uuuu-MM-dd-HH-mm").withZone(ZoneOffset.UTC);

  private final Catalog catalog;
  private final Home home;
  private final Clock clock;

  public NewSnapshots(Catalog catalog, Home home, Clock clock) {
    this.catalog = catalog;
    this.home = home;
    this.clock = clock;
  }

  /// A name that is well formed, in lower case as RDS keeps it.
  public static String name(String parameter, String value) {
    return Rules.identifier(parameter, value);
  }

  public void requireNew(String id) {
    if (catalog.clusterSnapshot(id).isPresent()) {
      throw RdsFault.CLUSTER_SNAPSHOT_ALREADY_EXISTS.with(
          "Cannot create the cluster snapshot because one with the identifier %s already exists.",
          id);
    }
    if (catalog.manualClusterSnapshots() >= MOST) {
      throw RdsFault.SNAPSHOT_QUOTA_EXCEEDED.with(
          "Cannot create more than %d manual cluster snapshots", MOST);
    }
  }

  /// @param last whether the cluster goes when the snapshot is there
  public Snapshot of(Cluster cluster, String id, boolean last, List<Tag> tags) {
    var from = cluster.settings();
    // As on AWS: tags of its own keep those of the cluster out.
    var inherited =
        Boolean.TRUE.equals(from.copyTagsToSnapshot()) && tags.isEmpty()
            ? from.tagList()
            : List.<Tag>of();
    var settings =
        DBClusterSnapshot.builder()
            .dbClusterSnapshotIdentifier(id)
            .dbClusterSnapshotArn(home.arn("cluster-snapshot", id))
            .dbClusterIdentifier(cluster.id())
            .dbClusterResourceId(from.dbClusterResourceId())
            .snapshotCreateTime(clock.instant())
            .snapshotType(Snapshot.MANUAL)
            .status(Status.CREATING)
            .percentProgress(0)
            .engine(from.engine())
            .engineVersion(from.engineVersion())
            .engineMode(from.engineMode())
            .licenseModel(license(Engine.of(from.engine())))
            .availabilityZones(from.availabilityZones())
            .allocatedStorage(from.allocatedStorage())
            .port(from.port())
            .vpcId(Home.VPC)
            .clusterCreateTime(from.clusterCreateTime())
            .masterUsername(from.masterUsername())
            .storageEncrypted(from.storageEncrypted())
            .kmsKeyId(from.kmsKeyId())
            .storageType(from.storageType())
            .iamDatabaseAuthenticationEnabled(from.iamDatabaseAuthenticationEnabled())
            .tagList(Tags.merged(inherited, tags))
            .build();
    return new Snapshot(
        storage(), cluster.storage(), last, from.databaseName(), List.of(), null, settings);
  }

  /// One that the engine makes by itself.
  public Snapshot automated(Cluster cluster) {
    return of(cluster, automatedName(cluster, clock.instant()), false, List.of())
        .with(builder -> builder.snapshotType(Snapshot.AUTOMATED));
  }

  /// One that the engine makes before an upgrade.
  ///
  /// @param to the version that the cluster is to have
  public Snapshot preUpgrade(Cluster cluster, String to) {
    return of(cluster, preUpgradeName(cluster, to, clock.instant()), false, List.of())
        .with(builder -> builder.snapshotType(Snapshot.AUTOMATED));
  }

  /// As in the events of "Aurora MySQL in-place upgrade tutorial" in the Aurora User Guide.
  static String preUpgradeName(Cluster of, String to, Instant time) {
    return "preupgrade-%s-%s-to-%s%s"
        .formatted(of.id(), dashed(of.settings().engineVersion()), dashed(to), MINUTE.format(time));
  }

  private static String dashed(String version) {
    return version.replaceAll("[._]", "-");
  }

  /// The name that RDS gives, such as `rds:prod-2030-01-31-04-07`. No request can make one like it.
  static String automatedName(Cluster of, Instant time) {
    return "rds:" + of.id() + MINUTE.format(time);
  }

  /// Aurora MySQL has one of its own in snapshots: see the examples of `create-db-cluster-snapshot`
  /// and `describe-db-cluster-snapshots` in the AWS CLI Command Reference.
  private static String license(Engine engine) {
    return engine == Engine.AURORA_MYSQL ? engine.title() : engine.license();
  }

  /// A manual one, whatever its source is.
  ///
  /// @param source of a DB cluster or of a plain instance
  /// @param copyTags whether it is to have its source's tags, unless it gets others
  Snapshot copyOf(Snapshot source, String id, String kmsKeyId, Boolean copyTags, List<Tag> tags) {
    var inherits = Boolean.TRUE.equals(copyTags) && tags.isEmpty();
    var inherited = inherits ? source.settings().tagList() : List.<Tag>of();
    var settings =
        source.settings().toBuilder()
            .dbClusterSnapshotIdentifier(id)
            .dbClusterSnapshotArn(
                home.arn(source.isPlain() ? Snapshot.PLAIN : "cluster-snapshot", id))
            .sourceDBClusterSnapshotArn(source.settings().dbClusterSnapshotArn())
            .snapshotCreateTime(clock.instant())
            .snapshotType(Snapshot.MANUAL)
            .status(Status.COPYING)
            .percentProgress(0)
            .kmsKeyId(kmsKeyId == null ? source.settings().kmsKeyId() : home.key(kmsKeyId))
            .storageEncrypted(kmsKeyId != null || source.settings().storageEncrypted())
            .tagList(Tags.merged(inherited, tags))
            .build();
    return new Snapshot(
        storage(),
        source.storage(),
        false,
        source.databaseName(),
        List.of(),
        source.instance(),
        settings);
  }

  static String storage() {
    return Home.resourceId("snapshot-").toLowerCase(Locale.ROOT);
  }
}
