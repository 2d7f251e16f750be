package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.compute.InstanceRemoval;
import dev.dbartifact.localengine.rds.compute.InstanceStates;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.plain.PlainInstances;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DeleteDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbInstancesResponse;
import software.amazon.awssdk.services.rds.model.RebootDbInstanceRequest;

/// The actions on instances. An instance is compute: a server, which writes the cluster's volume or
/// follows the one that does.
public final class Instances {

  private static final Map<String, Function<Instance, String>> OWN_FILTERS =
      Map.of(
          "db-instance-id",
          Instance::id,
          "dbi-resource-id",
          Instance::resourceId,
          "domain",
          instance -> null,
          "engine",
          instance ->
              Objects.requireNonNullElse(
                  instance.settings().engine(), Engine.AURORA_POSTGRESQL.title()));

  /// Of clusters whose instances cannot be deleted.
  private static final Set<String> NOT_RUNNING =
      Set.of(Status.BACKTRACKING, Status.STARTING, Status.STOPPED, Status.STOPPING);

  private static final Set<String> REBOOTABLE =
      Set.of(Status.AVAILABLE, Status.INCOMPATIBLE_NETWORK, Status.INCOMPATIBLE_PARAMETERS);

  private final Catalog catalog;
  private final Home home;
  private final NamedInstances named;
  private final NamedClusters clusters;
  private final NewInstances newInstances;
  private final Placement placement;
  private final Members members;
  private final ServerWork work;
  private final InstanceRemoval removal;
  private final PlainInstances plain;
  private final Descriptions descriptions;

  public Instances(
      Catalog catalog,
      Home home,
      NamedInstances named,
      NamedClusters clusters,
      NewInstances newInstances,
      Placement placement,
      Members members,
      ServerWork work,
      InstanceRemoval removal,
      PlainInstances plain,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.home = home;
    this.named = named;
    this.clusters = clusters;
    this.newInstances = newInstances;
    this.placement = placement;
    this.members = members;
    this.work = work;
    this.removal = removal;
    this.plain = plain;
    this.descriptions = descriptions;
  }

  DBInstance create(CreateDbInstanceRequest request) {
    var id = Rules.identifier("DBInstanceIdentifier", request.dbInstanceIdentifier());
    if (request.dbClusterIdentifier() == null && !Engine.of(request.engine()).isAurora()) {
      return plain.create(request);
    }
    if (request.dbClusterIdentifier() != null) {
      NewInstances.requireEngine(clusters.find(request.dbClusterIdentifier()), request);
    }
    newInstances.check(request);
    return catalog.changing(() -> {
      named.requireNew(id);
      var cluster = clusters.find(request.dbClusterIdentifier());
      newInstances.requireTakesInstance(cluster, request);
      var address = placement.place(id, cluster);
      var instance =
          Instance.fresh(cluster.storage(), address, newInstances.settings(id, request, cluster));
      nameWriter(cluster);
      work.boot(instance);
      catalog.instances.put(instance);
      return descriptions.begun(instance, request.availabilityZone());
    });
  }

  /// While there is one instance, it goes without saying that it writes.
  private void nameWriter(Cluster cluster) {
    members
        .writer(cluster)
        .filter(writer -> !writer.is(Status.DELETING))
        .filter(writer -> !writer.resourceId().equals(cluster.writer()))
        .ifPresent(writer -> catalog.clusters.put(cluster.writtenBy(writer)));
  }

  DescribeDbInstancesResponse describe(DescribeDbInstancesRequest request) {
    var found =
        request.dbInstanceIdentifier() == null
            ? catalog.instances.all()
            : List.of(named.find(request.dbInstanceIdentifier()));
    var filters =
        Filters.named(
            request.filters(), home, Map.of("db-cluster-id", "cluster", "db-instance-id", "db"));
    var shown =
        Filters.apply(filters, properties(), found).stream()
            .sorted(Comparator.comparing(Instance::id))
            .toList();
    if (shown.isEmpty() && request.dbInstanceIdentifier() != null) {
      throw NamedInstances.notFound(request.dbInstanceIdentifier());
    }
    var page = Page.of(shown, Instance::id, request.marker(), request.maxRecords());
    return DescribeDbInstancesResponse.builder()
        .dbInstances(page.items().stream().map(descriptions::listed).toList())
        .marker(page.marker())
        .build();
  }

  private Map<String, Function<Instance, String>> properties() {
    var properties = new HashMap<>(OWN_FILTERS);
    properties.put(
        "db-cluster-id",
        instance ->
            catalog
                .clusters
                .find(instance.storage())
                .filter(cluster -> !cluster.isPlain())
                .map(Cluster::id)
                .orElse(null));
    return properties;
  }

  DBInstance reboot(RebootDbInstanceRequest request) {
    return catalog.changing(() -> {
      var instance = named.named(request.dbInstanceIdentifier());
      var state = descriptions.of(instance).dbInstanceStatus();
      if (Boolean.TRUE.equals(request.forceFailover())) {
        requireStandby(instance);
      }
      if (!REBOOTABLE.contains(state) && !InstanceStates.lacksLeader(instance)) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "Instance %s cannot be rebooted: it is %s.", instance.id(), state);
      }
      var rebooting = instance.with(builder -> builder.dbInstanceStatus(Status.REBOOTING));
      catalog.instances.put(rebooting);
      CrashPoint.INSTANCE_REBOOTING.reached();
      work.reboot(rebooting);
      return descriptions.of(rebooting);
    });
  }

  /// The standby of a Multi-AZ instance is a word: its one server is started again.
  private static void requireStandby(Instance instance) {
    if (!Boolean.TRUE.equals(instance.settings().multiAZ())) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "ForceFailover cannot be specified since the instance is not configured for either"
              + " MultiAZ or High Availability");
    }
  }

  DBInstance delete(DeleteDbInstanceRequest request) {
    return catalog.changing(() -> {
      var instance = named.named(request.dbInstanceIdentifier());
      var own = catalog.ownStorage(instance);
      if (own.isPresent()) {
        return plain.delete(instance, own.get(), request);
      }
      if (request.finalDBSnapshotIdentifier() != null) {
        throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
            "FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance.");
      }
      if (instance.is(Status.DELETING)) {
        throw RdsFault.INVALID_INSTANCE_STATE.with(
            "Instance %s is already being deleted.", instance.id());
      }
      requireRunningCluster(instance);
      var deleting = instance.with(builder -> builder.dbInstanceStatus(Status.DELETING));
      catalog.instances.put(deleting);
      removal.begin(deleting);
      return descriptions.of(deleting);
    });
  }

  private void requireRunningCluster(Instance instance) {
    var cluster = catalog.clusters.find(instance.storage());
    if (cluster.isPresent() && NOT_RUNNING.contains(cluster.get().status())) {
      throw RdsFault.INVALID_CLUSTER_STATE.with(
          "Cannot delete DB instance %s: its DB cluster is %s. %s",
          instance.id(),
          cluster.get().status(),
          cluster.get().is(Status.BACKTRACKING)
              ? "Wait until that is over."
              : "Start the cluster first.");
    }
  }
}
