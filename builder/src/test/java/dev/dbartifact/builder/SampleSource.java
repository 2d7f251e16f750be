package dev.dbartifact.builder;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.EngineVersion;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.ServerlessRange;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.StorageSettings;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.artifact.WeeklyWindow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A source that is always there: `prod-orders`, with two instances and everything set.
public final class SampleSource implements Source {
  static final SubnetId ZONE_A = new SubnetId("subnet-0a1b2c3d4e5f6071a");
  static final SubnetId ZONE_A_TOO = new SubnetId("subnet-0a1b2c3d4e5f6071c");
  static final SubnetId ZONE_B = new SubnetId("subnet-0a1b2c3d4e5f6071b");

  private final SourceCluster cluster;

  public SampleSource() {
    this(cluster());
  }

  private SampleSource(SourceCluster cluster) {
    this.cluster = cluster;
  }

  /// The same, but of the other engine, not encrypted and without a serverless range.
  static SampleSource plainMysql() {
    var is = settings();
    var settings =
        new ClusterSettings(
            Engine.AURORA_MYSQL,
            is.engineVersion(),
            is.masterUsername(),
            is.databaseName(),
            is.network(),
            new HardwareSettings(is.hardware().instanceClass(), 2, Optional.empty()),
            is.maintenance(),
            is.parameters(),
            new StorageSettings(Optional.of("aurora"), Optional.of(false), Optional.empty()),
            is.access(),
            is.tags());
    var source = cluster();
    return new SampleSource(
        new SourceCluster(source.id(), source.arn(), source.region(), source.zones(), settings));
  }

  /// The same, with so many tags.
  static SampleSource tagged(int count) {
    var tags = new TreeMap<String, String>();
    for (int n = 1; n <= count; n++) {
      tags.put("tag-" + n, "x");
    }
    var source = cluster();
    return new SampleSource(
        new SourceCluster(
            source.id(),
            source.arn(),
            source.region(),
            source.zones(),
            settings().withTags(new Tags(tags))));
  }

  @Override
  public SourceCluster inspect(String idOrArn) {
    return cluster;
  }

  @Override
  public Map<SubnetId, String> zonesOf(SubnetIds subnets) {
    var zones = new TreeMap<SubnetId, String>((a, b) -> a.value().compareTo(b.value()));
    zones.putAll(Map.of(ZONE_A, "eu-1a", ZONE_A_TOO, "eu-1a", ZONE_B, "eu-1b"));
    zones.keySet().retainAll(subnets.ids());
    return zones;
  }

  public static SourceCluster cluster() {
    return new SourceCluster(
        new ClusterId("prod-orders"),
        "arn:aws:rds:eu-1:123456789012:cluster:prod-orders",
        "eu-1",
        List.of("eu-1a", "eu-1b"),
        settings());
  }

  private static ClusterSettings settings() {
    return new ClusterSettings(
        Engine.AURORA_POSTGRESQL,
        Optional.of(new EngineVersion("17.4")),
        Optional.of(new MasterUsername("shop")),
        Optional.of(new DatabaseName("orders")),
        new NetworkSettings(
            Optional.of("prod-subnets"),
            Optional.of(new SubnetIds(List.of(ZONE_A, ZONE_B))),
            List.of(new SecurityGroupId("sg-0a1b2c3d4e5f60718")),
            Optional.of(new Port(5433)),
            Optional.of(false)),
        new HardwareSettings(
            Optional.of(new InstanceClass("db.serverless")),
            2,
            Optional.of(ServerlessRange.parse("0.5-16"))),
        new MaintenanceSettings(
            Optional.of(7),
            Optional.of(new DailyWindow("03:00-03:30")),
            Optional.of(new WeeklyWindow("sun:04:00-sun:04:30")),
            Optional.of(true),
            Optional.of(true),
            Optional.of(true)),
        new ParameterSettings(Optional.of("prod-cluster"), Optional.of("prod-instance")),
        new StorageSettings(Optional.of("aurora"), Optional.of(true), Optional.empty()),
        new AccessSettings(Optional.of(true), Optional.of(List.of("postgresql"))),
        Tags.of(Map.of("env", "prod")));
  }
}
