package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.backup.BackupActions;
import dev.dbartifact.localengine.rds.backup.Backups;
import dev.dbartifact.localengine.rds.backup.ClusterBackups;
import dev.dbartifact.localengine.rds.backup.InstanceBackups;
import dev.dbartifact.localengine.rds.backup.NewBackups;
import dev.dbartifact.localengine.rds.cluster.ClusterActions;
import dev.dbartifact.localengine.rds.cluster.ClusterEndpointActions;
import dev.dbartifact.localengine.rds.cluster.ClusterEndpoints;
import dev.dbartifact.localengine.rds.cluster.ClusterModification;
import dev.dbartifact.localengine.rds.cluster.ClusterPower;
import dev.dbartifact.localengine.rds.cluster.ClusterPowerActions;
import dev.dbartifact.localengine.rds.cluster.ClusterRestoreActions;
import dev.dbartifact.localengine.rds.cluster.ClusterRestores;
import dev.dbartifact.localengine.rds.cluster.ClusterRoles;
import dev.dbartifact.localengine.rds.cluster.Clusters;
import dev.dbartifact.localengine.rds.cluster.GlobalClusterActions;
import dev.dbartifact.localengine.rds.cluster.HttpEndpoints;
import dev.dbartifact.localengine.rds.cluster.NewClusters;
import dev.dbartifact.localengine.rds.compute.Certificates;
import dev.dbartifact.localengine.rds.compute.EffectiveParameters;
import dev.dbartifact.localengine.rds.compute.Failovers;
import dev.dbartifact.localengine.rds.compute.Followers;
import dev.dbartifact.localengine.rds.compute.InstanceRemoval;
import dev.dbartifact.localengine.rds.compute.InstanceStates;
import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.MasterPasswords;
import dev.dbartifact.localengine.rds.compute.ReaderWatch;
import dev.dbartifact.localengine.rds.compute.Replication;
import dev.dbartifact.localengine.rds.compute.Revival;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.compute.Serving;
import dev.dbartifact.localengine.rds.compute.TopologyNews;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.engine.Versions;
import dev.dbartifact.localengine.rds.instance.InstanceActions;
import dev.dbartifact.localengine.rds.instance.InstanceModification;
import dev.dbartifact.localengine.rds.instance.Instances;
import dev.dbartifact.localengine.rds.instance.NewInstances;
import dev.dbartifact.localengine.rds.instance.ReadReplicaActions;
import dev.dbartifact.localengine.rds.instance.ReadReplicas;
import dev.dbartifact.localengine.rds.log.LogActions;
import dev.dbartifact.localengine.rds.log.Logs;
import dev.dbartifact.localengine.rds.network.Addresses;
import dev.dbartifact.localengine.rds.network.EndpointNames;
import dev.dbartifact.localengine.rds.network.Endpoints;
import dev.dbartifact.localengine.rds.network.Hosts;
import dev.dbartifact.localengine.rds.network.HostsUpkeep;
import dev.dbartifact.localengine.rds.network.Placement;
import dev.dbartifact.localengine.rds.network.SubnetGroupActions;
import dev.dbartifact.localengine.rds.network.SubnetGroups;
import dev.dbartifact.localengine.rds.offer.EngineVersionActions;
import dev.dbartifact.localengine.rds.offer.OfferActions;
import dev.dbartifact.localengine.rds.offer.Offers;
import dev.dbartifact.localengine.rds.offer.OptionGroups;
import dev.dbartifact.localengine.rds.offer.VersionDescriptions;
import dev.dbartifact.localengine.rds.parameter.ClusterParameterActions;
import dev.dbartifact.localengine.rds.parameter.EngineParameters;
import dev.dbartifact.localengine.rds.parameter.InstanceParameterActions;
import dev.dbartifact.localengine.rds.parameter.ParameterApplication;
import dev.dbartifact.localengine.rds.parameter.ParameterChanges;
import dev.dbartifact.localengine.rds.parameter.ParameterGroups;
import dev.dbartifact.localengine.rds.plain.InstancePower;
import dev.dbartifact.localengine.rds.plain.InstancePowerActions;
import dev.dbartifact.localengine.rds.plain.InstanceRoles;
import dev.dbartifact.localengine.rds.plain.NewPlainInstances;
import dev.dbartifact.localengine.rds.plain.PlainInstances;
import dev.dbartifact.localengine.rds.plain.PlainModification;
import dev.dbartifact.localengine.rds.plain.PlainRestoreActions;
import dev.dbartifact.localengine.rds.plain.PlainRestores;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.NamedClusters;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.report.Reports;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.reset.ResetWork;
import dev.dbartifact.localengine.rds.reset.Resets;
import dev.dbartifact.localengine.rds.snapshot.InstanceSnapshotActions;
import dev.dbartifact.localengine.rds.snapshot.InstanceSnapshotSharing;
import dev.dbartifact.localengine.rds.snapshot.InstanceSnapshots;
import dev.dbartifact.localengine.rds.snapshot.NewInstanceSnapshots;
import dev.dbartifact.localengine.rds.snapshot.NewSnapshots;
import dev.dbartifact.localengine.rds.snapshot.SnapshotActions;
import dev.dbartifact.localengine.rds.snapshot.SnapshotSharing;
import dev.dbartifact.localengine.rds.snapshot.Snapshots;
import dev.dbartifact.localengine.rds.storage.ClusterWork;
import dev.dbartifact.localengine.rds.storage.Histories;
import dev.dbartifact.localengine.rds.storage.Recovery;
import dev.dbartifact.localengine.rds.storage.SnapshotWork;
import dev.dbartifact.localengine.rds.tag.TagActions;
import dev.dbartifact.localengine.rds.tag.Tags;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Endings;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Modifying;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.AddressRange;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.state.ResourceFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The RDS API over a [DatabaseHost].
public final class LocalRds implements AutoCloseable {

  private static final List<Class<? extends RdsActions>> ACTIONS =
      List.of(
          ClusterActions.class,
          ClusterRestoreActions.class,
          ClusterPowerActions.class,
          ClusterEndpointActions.class,
          GlobalClusterActions.class,
          InstanceActions.class,
          InstancePowerActions.class,
          PlainRestoreActions.class,
          InstanceSnapshotActions.class,
          ReadReplicaActions.class,
          SnapshotActions.class,
          SubnetGroupActions.class,
          ClusterParameterActions.class,
          InstanceParameterActions.class,
          TagActions.class,
          EngineVersionActions.class,
          OfferActions.class,
          BackupActions.class,
          LogActions.class);

  /// Between two attempts at the address of an endpoint that something else listens at.
  private static final Duration ENDPOINT_PAUSE = Duration.ofSeconds(2);

  private final Work background = new Work();
  private final SubnetGroups subnetGroups;
  private final ParameterGroups parameterGroups;
  private final ManagedPasswords passwords;
  private final Recovery recovery;
  private final Endings endings;
  private final Reports reports;
  private final Endpoints endpoints;
  private final Hosts hosts;
  private final Optional<HostsUpkeep> hostsUpkeep;
  private final Histories histories;
  private final Resets resets;
  private final ReaderWatch readers;
  private final Certificates certificates;
  private final Backups backups;
  private final List<RdsActions> actions;

  /// Reads what is remembered; [#recover] must follow.
  ///
  /// @param folder where the memory is
  /// @param secrets is asked when the first password is managed
  /// @param addresses that clusters get
  /// @param named how endpoints are called where not by their addresses
  /// @param mostClusters how many clusters there may be
  public LocalRds(
      Path folder,
      DatabaseHost host,
      Home home,
      Clock clock,
      Pace pace,
      Supplier<MasterSecrets> secrets,
      AddressRange addresses,
      Optional<NamedEndpoints> named,
      int mostClusters) {
    var catalog = new Catalog(folder);
    var names = EndpointNames.of(named, home);
    hosts = new Hosts(catalog, names);
    hostsUpkeep = named.map(choice -> new HostsUpkeep(catalog, hosts, choice));
    var namedClusters = new NamedClusters(catalog, home);
    var namedInstances = new NamedInstances(catalog, home);
    var events = new Events(clock);
    var effective = new EffectiveParameters(catalog);
    endings = new Endings(catalog);
    var availability = new Availability(catalog, endings, events);
    var pacing = new Pacing(pace, clock, background);
    var modifying = new Modifying(catalog, pacing);
    var members = new Members(catalog);
    endpoints = new Endpoints(catalog, members, ENDPOINT_PAUSE);
    var serving = new Serving(host, members, hosts);
    new TopologyNews(catalog, background, serving).begin();
    var states = new InstanceStates(catalog, clock, pacing, endings, availability, serving, events);
    var followers = new Followers(catalog, members, serving, states);
    var masterPasswords =
        new MasterPasswords(catalog, host, clock, background, pacing, modifying, events);
    certificates = new Certificates(catalog, clock, background, members, serving, hosts);
    certificates.begin();
    var servers =
        new ServerWork(
            catalog,
            background,
            pacing,
            availability,
            effective,
            members,
            serving,
            states,
            followers,
            certificates,
            masterPasswords,
            events);
    var failovers =
        new Failovers(catalog, host, background, pacing, modifying, members, servers, events);
    var revival =
        new Revival(
            catalog,
            clock,
            background,
            pacing,
            members,
            serving,
            states,
            servers,
            failovers,
            followers,
            events);
    servers.watch(revival::tried);
    host.watch(revival::ended);
    readers = new ReaderWatch(catalog, clock, background, members, serving, revival);
    var removal = new InstanceRemoval(catalog, background, pacing, failovers, events);
    passwords = new ManagedPasswords(catalog, home, secrets, masterPasswords, background);
    var snapshotWork = new SnapshotWork(catalog, host, background, pacing, events);
    var work =
        new ClusterWork(
            catalog,
            host,
            background,
            pacing,
            availability,
            servers,
            masterPasswords,
            passwords,
            snapshotWork,
            members,
            endpoints,
            events);
    histories = new Histories(catalog, host, clock, background, members);
    resets =
        new Resets(
            catalog,
            members,
            new ResetWork(
                catalog,
                host,
                background,
                pacing,
                availability,
                members,
                serving,
                servers,
                revival,
                masterPasswords,
                histories,
                events));
    var descriptions = new Descriptions(catalog, members, histories, home, names);
    var versions =
        new Versions(
            host.installedVersions(ServerKind.POSTGRESQL),
            host.installedVersions(ServerKind.MARIADB),
            host.advice(ServerKind.MARIADB));
    var upgrades = new Upgrades(versions);
    subnetGroups = new SubnetGroups(catalog, home);
    parameterGroups = new ParameterGroups(catalog, home, versions);
    var changes =
        new ParameterChanges(
            catalog,
            parameterGroups,
            new EngineParameters(host, versions),
            new ParameterApplication(catalog, effective, servers));
    recovery =
        new Recovery(
            catalog,
            host,
            work,
            servers,
            masterPasswords,
            snapshotWork,
            removal,
            members,
            endpoints);
    reports = new Reports(catalog, host, members, endpoints, revival, versions, names);

    var placement = new Placement(catalog, new Addresses(folder, addresses), mostClusters);
    var newClusters =
        new NewClusters(home, subnetGroups, parameterGroups, versions, upgrades, clock);
    var newSnapshots = new NewSnapshots(catalog, home, clock);
    var clusters =
        new Clusters(
            catalog,
            home,
            namedClusters,
            newClusters,
            versions,
            placement,
            newSnapshots,
            snapshotWork,
            passwords,
            work,
            descriptions);
    var snapshots = new Snapshots(catalog, home, namedClusters, newSnapshots, snapshotWork);
    var restores =
        new ClusterRestores(
            catalog,
            namedClusters,
            snapshots,
            newClusters,
            placement,
            work,
            histories,
            descriptions);
    var newInstances = new NewInstances(catalog, home, parameterGroups, clock);
    var newPlain = new NewPlainInstances(home, subnetGroups, parameterGroups, versions, clock);
    var newInstanceSnapshots = new NewInstanceSnapshots(catalog, home, clock);
    backups =
        new Backups(
            catalog,
            host,
            clock,
            members,
            new NewBackups(catalog, newSnapshots, newInstanceSnapshots, descriptions),
            snapshotWork,
            events);
    states.watch(backups::served);
    var replication = new Replication(catalog, servers);
    var plain =
        new PlainInstances(
            catalog,
            newPlain,
            versions,
            placement,
            newInstanceSnapshots,
            snapshotWork,
            passwords,
            work,
            servers,
            replication,
            descriptions);
    var instances =
        new Instances(
            catalog,
            home,
            namedInstances,
            namedClusters,
            newInstances,
            placement,
            members,
            servers,
            removal,
            plain,
            descriptions);
    var instanceSnapshots =
        new InstanceSnapshots(
            catalog,
            home,
            namedInstances,
            newInstanceSnapshots,
            newSnapshots,
            snapshotWork,
            upgrades,
            descriptions);
    actions =
        List.of(
            new ClusterActions(
                clusters,
                new ClusterModification(
                    catalog,
                    home,
                    namedClusters,
                    parameterGroups,
                    upgrades,
                    placement,
                    servers,
                    passwords,
                    modifying,
                    members,
                    endpoints,
                    descriptions)),
            new ClusterRestoreActions(restores),
            new ClusterPowerActions(
                new ClusterPower(catalog, namedClusters, work, members, failovers, descriptions),
                new ClusterRoles(catalog, namedClusters, work)),
            new ClusterEndpointActions(
                new ClusterEndpoints(
                    catalog,
                    home,
                    namedClusters,
                    placement,
                    members,
                    endpoints,
                    names,
                    certificates),
                new HttpEndpoints(catalog, home)),
            new GlobalClusterActions(),
            new InstanceActions(
                instances,
                new InstanceModification(
                    catalog,
                    home,
                    namedInstances,
                    parameterGroups,
                    modifying,
                    new PlainModification(
                        catalog,
                        home,
                        newPlain,
                        plain,
                        parameterGroups,
                        upgrades,
                        servers,
                        passwords,
                        modifying,
                        descriptions),
                    descriptions)),
            new InstancePowerActions(
                new InstancePower(catalog, namedInstances, instanceSnapshots, work, descriptions),
                new InstanceRoles(catalog, namedInstances, work, descriptions)),
            new PlainRestoreActions(
                new PlainRestores(
                    catalog,
                    namedInstances,
                    instanceSnapshots,
                    plain,
                    newPlain,
                    placement,
                    passwords,
                    work,
                    histories,
                    events,
                    descriptions)),
            new InstanceSnapshotActions(
                instanceSnapshots, new InstanceSnapshotSharing(catalog, instanceSnapshots)),
            new ReadReplicaActions(
                new ReadReplicas(
                    catalog,
                    namedInstances,
                    plain,
                    newPlain,
                    placement,
                    replication,
                    descriptions)),
            new SnapshotActions(snapshots, new SnapshotSharing(catalog, snapshots)),
            new SubnetGroupActions(subnetGroups),
            new ClusterParameterActions(parameterGroups, changes),
            new InstanceParameterActions(parameterGroups, changes),
            new TagActions(new Tags(catalog, home)),
            new EngineVersionActions(new VersionDescriptions(versions)),
            new OfferActions(
                events,
                new Offers(catalog, host, home, versions, mostClusters),
                new OptionGroups(versions, home)),
            new BackupActions(
                new ClusterBackups(catalog, home, descriptions),
                new InstanceBackups(catalog, home, histories, descriptions)),
            new LogActions(new Logs(namedInstances, members, host)));
  }

  /// What share the actions among them; each overrides some methods of the SDK's client.
  public Object[] actions() {
    return actions.toArray();
  }

  /// The classes of [#actions], without an engine.
  public static Class<?>[] actionClasses() {
    return ACTIONS.toArray(Class<?>[]::new);
  }

  /// Finishes or undoes what an earlier engine left half done, and starts the servers, in the
  /// background.
  ///
  /// @throws IOException that names the hosts file, if the names of endpoints cannot be written to
  ///   it
  public void recover() throws HostException, IOException {
    if (hostsUpkeep.isPresent()) {
      hostsUpkeep.get().begin();
    }
    subnetGroups.makeDefault();
    parameterGroups.makeDefaults();
    recovery.run();
    histories.begin();
    readers.begin();
    certificates.beginToLook();
    backups.begin();
  }

  /// The volumes of the clusters and plain instances that are remembered in this folder, by their
  /// names; for when no engine runs.
  public static Map<String, String> volumes(Path folder) {
    var clusters = folder.resolve("clusters");
    return Files.isDirectory(clusters)
        ? new ResourceFiles<>(clusters, Cluster.class)
            .load().values().stream()
                .sorted(Comparator.comparing(Cluster::isPlain))
                .collect(Collectors.toMap(Cluster::id, Cluster::storage, (a, _) -> a, TreeMap::new))
        : Map.of();
  }

  /// The same for the passwords that are kept as secrets.
  public void recoverPasswords() {
    passwords.recover();
  }

  /// Who changes a password when its secret is rotated.
  public MasterSecrets.Owner passwordOwner() {
    return passwords;
  }

  /// Lets what an action made or changed end up in a state, for rehearsals.
  public void endIn(String action, String resource, String state) {
    if (action.contains("DBInstance")) {
      endings.ofInstance(resource, state);
    } else if (action.contains("DBCluster")) {
      endings.ofCluster(resource, state);
    }
  }

  /// Where an endpoint leads, which may be an address itself.
  public String address(String endpoint) {
    return hosts.address(endpoint);
  }

  /// What exists.
  public List<ClusterReport> report() {
    return reports.all();
  }

  /// The same, with the space that it takes, which is asked of the file system for each volume.
  public List<ClusterReport> measuredReport() {
    return reports.measured();
  }

  /// Brings clones back to what they were made from, in place; all of them, or none if one of them
  /// cannot be. Returns when they take logins again.
  ///
  /// @param names of DB clusters and plain instances
  /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException that says of each one
  ///   that cannot be reset why
  public List<ResetReport> reset(List<String> names) {
    return resets.run(names);
  }

  /// Answers those who wait for what is under way.
  public void letGo() {
    resets.close();
  }

  /// Lets the work under way finish, within bounds.
  @Override
  public void close() {
    endpoints.close();
    histories.close();
    readers.close();
    certificates.close();
    backups.close();
    background.close();
    hostsUpkeep.ifPresent(HostsUpkeep::close);
  }
}
