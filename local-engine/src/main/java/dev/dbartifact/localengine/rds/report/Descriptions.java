package dev.dbartifact.localengine.rds.report;

import dev.dbartifact.localengine.rds.compute.Replication;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.network.EndpointNames;
import dev.dbartifact.localengine.rds.option.OptionMemberships;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.record.SubnetGroup;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.storage.Histories;
import java.util.List;
import software.amazon.awssdk.services.rds.model.ActivityStreamStatus;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBClusterRole;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBInstanceRole;
import software.amazon.awssdk.services.rds.model.Endpoint;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;

/// DB clusters and instances as Describe shows them: what is remembered, and what follows from it.
public final class Descriptions {

  private final Catalog catalog;
  private final Members members;
  private final Histories histories;
  private final Home home;
  private final EndpointNames names;

  public Descriptions(
      Catalog catalog, Members members, Histories histories, Home home, EndpointNames names) {
    this.catalog = catalog;
    this.members = members;
    this.histories = histories;
    this.home = home;
    this.names = names;
  }

  public DBCluster of(Cluster cluster) {
    var ordered = members.of(cluster);
    var shown = ordered.stream().map(each -> member(each, each == ordered.getFirst())).toList();
    var window = isRestorable(cluster.status()) ? histories.window(cluster) : null;
    return cluster
        .with(builder ->
            builder
                .dbClusterMembers(shown)
                .endpoint(names.writer(cluster))
                .readerEndpoint(names.readers(cluster))
                .customEndpoints(custom(cluster))
                .hostedZoneId(home.hostedZone())
                .multiAZ(zones(ordered) > 1)
                .readReplicaIdentifiers(List.of())
                .earliestRestorableTime(window == null ? null : window.earliest())
                .latestRestorableTime(window == null ? null : window.latest())
                .applyMutation(to -> Unvarying.describe(to, cluster.settings())))
        .settings();
  }

  /// AWS tells the times of what is stopped, too.
  private static boolean isRestorable(String status) {
    return status.equals(Status.AVAILABLE) || status.equals(Status.STOPPED);
  }

  /// As Describe shows it, which tells more than what other actions answer.
  public DBCluster listed(Cluster cluster) {
    return of(cluster).copy(to -> to.activityStreamStatus(ActivityStreamStatus.STOPPED));
  }

  /// Null where there are none.
  private List<String> custom(Cluster cluster) {
    var custom = catalog.endpointsOf(cluster).stream().map(names::custom).sorted().toList();
    return custom.isEmpty() ? null : custom;
  }

  /// Aurora is Multi-AZ when a reader could take over in another zone.
  private static long zones(List<Instance> members) {
    return members.stream().map(each -> each.settings().availabilityZone()).distinct().count();
  }

  private static DBClusterMember member(Instance instance, boolean writer) {
    return DBClusterMember.builder()
        .dbInstanceIdentifier(instance.id())
        .isClusterWriter(writer)
        .dbClusterParameterGroupStatus(instance.clusterParameterStatus())
        .promotionTier(instance.settings().promotionTier())
        .build();
  }

  public DBInstance of(Instance instance) {
    var cluster = catalog.clusters.find(instance.storage());
    return cluster
        .map(of -> of.isPlain() ? plain(instance, of) : member(instance, of))
        .orElse(instance.settings());
  }

  /// As Describe shows it, which tells more than what other actions answer.
  public DBInstance listed(Instance instance) {
    var described = of(instance);
    return described.dbClusterIdentifier() == null ? described.copy(Unvarying::listed) : described;
  }

  /// As the request that makes it is answered: where RDS puts it is told from then on.
  ///
  /// @param zone that was asked for, or null
  public DBInstance begun(Instance instance, String zone) {
    return of(instance).copy(to -> to.availabilityZone(zone).secondaryAvailabilityZone(null));
  }

  private DBInstance plain(Instance instance, Cluster storage) {
    var of = storage.settings();
    var state = PlainState.of(instance, storage);
    var restorable = isRestorable(state) && instance.settings().backupRetentionPeriod() > 0;
    return common(instance, storage)
        .copy(builder ->
            builder
                .dbInstanceStatus(state)
                .statusInfos(PlainState.reasons(instance, storage))
                .applyMutation(to -> Replication.describe(catalog, instance, storage, to))
                .masterUserSecret(of.masterUserSecret())
                .associatedRoles(roles(of.associatedRoles()))
                .pendingModifiedValues(PlainState.pending(instance, storage))
                .latestRestorableTime(restorable ? histories.window(storage).latest() : null));
  }

  private static List<DBInstanceRole> roles(List<DBClusterRole> roles) {
    return roles.stream()
        .map(role ->
            DBInstanceRole.builder()
                .roleArn(role.roleArn())
                .featureName(role.featureName())
                .status(role.status())
                .build())
        .toList();
  }

  private DBInstance common(Instance instance, Cluster cluster) {
    var of = cluster.settings();
    var subnetGroup = catalog.subnetGroups.find(of.dbSubnetGroup());
    return instance
        .with(builder ->
            builder
                .engine(of.engine())
                .engineVersion(of.engineVersion())
                .masterUsername(of.masterUsername())
                .dbName(of.databaseName())
                .vpcSecurityGroups(of.vpcSecurityGroups())
                .dbSubnetGroup(
                    subnetGroup.map(SubnetGroup::settings).map(Unvarying::within).orElse(null))
                .optionGroupMemberships(optionGroups(instance.settings(), of))
                .endpoint(endpoint(instance, cluster))
                .enhancedMonitoringResourceArn(monitoringStream(instance.settings()))
                .applyMutation(to -> Unvarying.describe(to, instance.settings())))
        .settings();
  }

  private DBInstance member(Instance instance, Cluster cluster) {
    var of = cluster.settings();
    return common(instance, cluster)
        .copy(builder ->
            builder
                .dbClusterIdentifier(of.dbClusterIdentifier())
                .backupRetentionPeriod(of.backupRetentionPeriod())
                .preferredBackupWindow(of.preferredBackupWindow())
                .storageEncrypted(of.storageEncrypted())
                .kmsKeyId(of.kmsKeyId())
                .iamDatabaseAuthenticationEnabled(of.iamDatabaseAuthenticationEnabled())
                .applyMutation(to -> Unvarying.ofCluster(to, of)));
  }

  /// Only plain instances choose theirs.
  private static List<OptionGroupMembership> optionGroups(DBInstance instance, DBCluster of) {
    return instance.optionGroupMemberships().isEmpty()
        ? OptionMemberships.of(EngineVersion.of(of).optionGroup())
        : instance.optionGroupMemberships();
  }

  /// Null where nothing is written to it.
  private String monitoringStream(DBInstance of) {
    var interval = of.monitoringInterval();
    return of.instanceCreateTime() == null || interval == null || interval == 0
        ? null
        : home.monitoringStream(of.dbiResourceId());
  }

  /// Missing until the instance was there once, as on AWS.
  private Endpoint endpoint(Instance instance, Cluster cluster) {
    return instance.settings().instanceCreateTime() == null
        ? null
        : Endpoint.builder()
            .address(names.instance(instance, cluster))
            .port(cluster.settings().port())
            .hostedZoneId(home.hostedZone())
            .build();
  }
}
