package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.compute.Certificates;
import dev.dbartifact.localengine.rds.network.EndpointNames;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.ClusterEndpoint;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Page;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import dev.dbartifact.localengine.rds.tag.Tags;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.CreateDbClusterEndpointRequest;
import software.amazon.awssdk.services.rds.model.DBClusterEndpoint;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterEndpointsRequest;
import software.amazon.awssdk.services.rds.model.DescribeDbClusterEndpointsResponse;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterEndpointRequest;

/// The endpoints of clusters: the two that each has, and custom ones.
public final class ClusterEndpoints {

  /// See "Quotas in Amazon Aurora" in the Aurora User Guide.
  public static final int MOST = 5;

  private static final List<String> TYPES = List.of("WRITER", "READER", "CUSTOM");

  private static final Map<String, Function<DBClusterEndpoint, String>> FILTERS =
      Map.of(
          "db-cluster-endpoint-type",
          endpoint -> lower(endpoint.endpointType()),
          "db-cluster-endpoint-custom-type",
          endpoint -> lower(endpoint.customEndpointType()),
          "db-cluster-endpoint-id",
          DBClusterEndpoint::dbClusterEndpointIdentifier,
          "db-cluster-endpoint-status",
          DBClusterEndpoint::status);

  private final Catalog catalog;
  private final Home home;
  private final NamedClusters clusters;
  private final Placement placement;
  private final Members members;
  private final Endpoints endpoints;
  private final EndpointNames names;
  private final Certificates certificates;

  /// Those that no certificate names yet, by resource id. The next engine begins with what servers
  /// there are, and with certificates that name all.
  private final Set<String> creating = ConcurrentHashMap.newKeySet();

  public ClusterEndpoints(
      Catalog catalog,
      Home home,
      NamedClusters clusters,
      Placement placement,
      Members members,
      Endpoints endpoints,
      EndpointNames names,
      Certificates certificates) {
    this.catalog = catalog;
    this.home = home;
    this.clusters = clusters;
    this.placement = placement;
    this.members = members;
    this.endpoints = endpoints;
    this.names = names;
    this.certificates = certificates;
  }

  private static String lower(String text) {
    return text == null ? null : text.toLowerCase(Locale.ROOT);
  }

  DBClusterEndpoint create(CreateDbClusterEndpointRequest request) {
    var id = Rules.identifier("DBClusterEndpointIdentifier", request.dbClusterEndpointIdentifier());
    var type = type(Rules.required("EndpointType", request.endpointType()));
    Rules.tags(request.tags());
    return catalog.changing(() -> {
      var cluster = clusters.find(request.dbClusterIdentifier());
      NamedClusters.requireAvailable(cluster);
      requireRoom(cluster, id);
      var settings =
          chosen(
              cluster,
              DBClusterEndpoint.builder()
                  .dbClusterEndpointIdentifier(id)
                  .dbClusterEndpointResourceIdentifier(Home.resourceId("cluster-endpoint-"))
                  .dbClusterEndpointArn(home.arn("cluster-endpoint", id))
                  .endpointType("CUSTOM")
                  .customEndpointType(type)
                  .build(),
              request.staticMembers(),
              request.excludedMembers());
      var address = placement.placeEndpoint(id, cluster);
      var endpoint =
          new ClusterEndpoint(
              cluster.storage(),
              address,
              Tags.merged(List.of(), request.tags()),
              settings.copy(to -> to.endpoint(address)));
      creating.add(endpoint.resourceId());
      catalog.clusterEndpoints.put(endpoint);
      certificates.renew(cluster, () -> open(endpoint));
      return described(endpoint, "creating");
    });
  }

  /// What is said to it is passed on to servers, which answer for it from now on.
  private void open(ClusterEndpoint endpoint) {
    catalog.changing(() -> {
      if (catalog.clusterEndpoints.find(endpoint.resourceId()).isPresent()) {
        catalog.clusters.find(endpoint.storage()).ifPresent(endpoints::listen);
      }
      creating.remove(endpoint.resourceId());
    });
  }

  /// In capital letters, however it is asked for: the examples of the AWS CLI Command Reference say
  /// `reader`, and get `READER`.
  private static String type(String asked) {
    var type = asked == null ? null : asked.toUpperCase(Locale.ROOT);
    Rules.oneOf("EndpointType", type, "READER", "WRITER", "ANY");
    return type;
  }

  private void requireRoom(Cluster cluster, String id) {
    if (catalog.clusterEndpoint(id).isPresent()) {
      throw RdsFault.CLUSTER_ENDPOINT_ALREADY_EXISTS.with(
          "DB cluster endpoint %s already exists", id);
    }
    if (catalog.endpointsOf(cluster).size() >= MOST) {
      throw RdsFault.CLUSTER_ENDPOINT_QUOTA_EXCEEDED.with(
          "DB cluster %s has %d custom endpoints, and can have no more.", cluster.id(), MOST);
    }
  }

  /// With the members that were asked for: a list of them, or all but a list.
  private DBClusterEndpoint chosen(
      Cluster cluster, DBClusterEndpoint settings, List<String> included, List<String> excluded) {
    if (!included.isEmpty() && !excluded.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "StaticMembers and ExcludedMembers cannot both be given.");
    }
    var known = members.of(cluster).stream().map(Instance::id).toList();
    Stream.concat(included.stream(), excluded.stream())
        .filter(name -> !known.contains(lower(name)))
        .findFirst()
        .ifPresent(name -> {
          throw RdsFault.INSTANCE_NOT_FOUND.with(
              "DBInstance %s is not a member of DB cluster %s.", name, cluster.id());
        });
    return settings.copy(to ->
        to.staticMembers(included.stream().map(ClusterEndpoints::lower).toList())
            .excludedMembers(excluded.stream().map(ClusterEndpoints::lower).toList()));
  }

  DBClusterEndpoint modify(ModifyDbClusterEndpointRequest request) {
    var wanted = type(request.endpointType());
    return catalog.changing(() -> {
      var endpoint = find(request.dbClusterEndpointIdentifier());
      var cluster = catalog.clusters.find(endpoint.storage()).orElseThrow();
      NamedClusters.requireAvailable(cluster);
      var settings = endpoint.settings();
      var type = wanted == null ? settings.customEndpointType() : wanted;
      var lists = request.hasStaticMembers() || request.hasExcludedMembers();
      var changed =
          lists
              ? chosen(cluster, settings, request.staticMembers(), request.excludedMembers())
              : settings;
      var modified = endpoint.describedBy(changed.copy(to -> to.customEndpointType(type)));
      catalog.clusterEndpoints.put(modified);
      return described(modified, "modifying");
    });
  }

  DBClusterEndpoint delete(String id) {
    return catalog.changing(() -> {
      var endpoint = find(id);
      catalog.clusterEndpoints.remove(endpoint.resourceId());
      endpoints.close(endpoint.resourceId());
      catalog
          .clusters
          .find(endpoint.storage())
          .ifPresent(cluster -> certificates.renew(cluster, () -> {}));
      return described(endpoint, "deleting");
    });
  }

  private ClusterEndpoint find(String id) {
    var given = Rules.required("DBClusterEndpointIdentifier", id);
    return catalog
        .clusterEndpoint(lower(home.name("cluster-endpoint", given)))
        .orElseThrow(() ->
            RdsFault.CLUSTER_ENDPOINT_NOT_FOUND.with("DB cluster endpoint %s not found.", given));
  }

  DescribeDbClusterEndpointsResponse describe(DescribeDbClusterEndpointsRequest request) {
    var of =
        request.dbClusterIdentifier() == null
            ? catalog.dbClusters()
            : List.of(clusters.find(request.dbClusterIdentifier()));
    var all =
        of.stream()
            .flatMap(this::all)
            .sorted(Comparator.comparing(ClusterEndpoints::place))
            .toList();
    var asked = lower(request.dbClusterEndpointIdentifier());
    var filters =
        Filters.named(
            request.filters(), home, Map.of("db-cluster-endpoint-id", "cluster-endpoint"));
    var shown =
        Filters.apply(filters, FILTERS, all).stream()
            .filter(
                each -> asked == null || Objects.equals(asked, each.dbClusterEndpointIdentifier()))
            .toList();
    var page = Page.of(shown, ClusterEndpoints::place, request.marker(), request.maxRecords());
    return DescribeDbClusterEndpointsResponse.builder()
        .dbClusterEndpoints(page.items())
        .marker(page.marker())
        .build();
  }

  /// Where it stands among all: by its cluster, those that each has before custom ones, and those
  /// by their names. A space is before whatever can be in a name.
  private static String place(DBClusterEndpoint of) {
    var name = of.dbClusterEndpointIdentifier();
    return "%s %d %s"
        .formatted(
            of.dbClusterIdentifier(), TYPES.indexOf(of.endpointType()), name == null ? "" : name);
  }

  private Stream<DBClusterEndpoint> all(Cluster cluster) {
    return Stream.concat(
        Stream.of("WRITER", "READER").map(type -> builtIn(cluster, type)),
        catalog.endpointsOf(cluster).stream().map(each -> described(each, status(each))));
  }

  private String status(ClusterEndpoint endpoint) {
    return creating.contains(endpoint.resourceId()) ? "creating" : "available";
  }

  private DBClusterEndpoint builtIn(Cluster cluster, String type) {
    return DBClusterEndpoint.builder()
        .dbClusterIdentifier(cluster.id())
        .endpoint(type.equals("WRITER") ? names.writer(cluster) : names.readers(cluster))
        .endpointType(type)
        .status(cluster.is(Status.CREATING) ? "creating" : "available")
        .build();
  }

  private DBClusterEndpoint described(ClusterEndpoint endpoint, String status) {
    var cluster = catalog.clusters.find(endpoint.storage()).map(Cluster::id).orElse(null);
    var settings = endpoint.settings();
    return settings.copy(to ->
        to.dbClusterIdentifier(cluster)
            .endpoint(names.custom(endpoint))
            .status(status)
            .staticMembers(List.copyOf(settings.staticMembers()))
            .excludedMembers(List.copyOf(settings.excludedMembers())));
  }
}
