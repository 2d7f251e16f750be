package dev.dbartifact.localengine.rds;

import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.rds.backup.BackupParts;
import dev.dbartifact.localengine.rds.cluster.ClusterParts;
import dev.dbartifact.localengine.rds.instance.InstanceParts;
import dev.dbartifact.localengine.rds.log.LogActions;
import dev.dbartifact.localengine.rds.log.Logs;
import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.offer.OfferParts;
import dev.dbartifact.localengine.rds.option.OptionParts;
import dev.dbartifact.localengine.rds.parameter.ParameterParts;
import dev.dbartifact.localengine.rds.pause.PauseParts;
import dev.dbartifact.localengine.rds.plain.PlainParts;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.recovery.Recovery;
import dev.dbartifact.localengine.rds.recovery.RecoveryParts;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.rds.report.ResetReport;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsActions;
import dev.dbartifact.localengine.rds.reset.ResetParts;
import dev.dbartifact.localengine.rds.reset.Resets;
import dev.dbartifact.localengine.rds.shared.SharedParts;
import dev.dbartifact.localengine.rds.snapshot.SnapshotParts;
import dev.dbartifact.localengine.rds.subscription.SubscriptionParts;
import dev.dbartifact.localengine.rds.tag.TagActions;
import dev.dbartifact.localengine.rds.tag.Tags;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.AddressRange;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.RdsClient;

/// The RDS API over a [DatabaseHost]. Each package below has a class that puts its parts together;
/// here they are put on top of each other.
public final class LocalRds implements AutoCloseable {

  private final SharedParts on;
  private final PauseParts pause;
  private final SubscriptionParts subscriptions;
  private final BackupParts backups;
  private final Recovery recovery;
  private final Resets resets;
  private final RdsActions clusters;
  private final RdsActions instances;
  private final List<RdsActions> actions;

  /// Reads what is remembered; [#recover] must follow.
  ///
  /// @param memory the folder where it is remembered what exists
  /// @param secrets is asked when the first password is managed
  /// @param addresses that clusters get
  /// @param named how endpoints are called where not by their addresses
  /// @param mostClusters how many clusters there may be
  public LocalRds(
      Path memory,
      DatabaseHost host,
      Home home,
      Clock clock,
      Pace pace,
      Supplier<MasterSecrets> secrets,
      AddressRange addresses,
      Optional<NamedEndpoints> named,
      int mostClusters) {
    var records = new RecordParts(memory, home);
    var work = new WorkParts(records, clock, pace);
    var network = new NetworkParts(records, memory, addresses, named, mostClusters);
    on = SharedParts.of(host, records, work, network, secrets);
    pause = new PauseParts(records, work, network, on.compute());
    subscriptions = new SubscriptionParts(records, work);
    backups = new BackupParts(host, on);
    recovery = new RecoveryParts(host, on, pause).recovery;
    resets = new ResetParts(host, records, work, on.compute(), on.storage()).resets;
    var ofClusters = new ClusterParts(on);
    var plain = new PlainParts(on);
    var ofInstances = new InstanceParts(on, plain);
    var offers = new OfferParts(host, records, work, on.engines(), on.compute(), mostClusters);
    clusters = ofClusters.clusters;
    instances = ofInstances.instances;
    actions =
        Stream.of(
                ofClusters.actions,
                ofInstances.actions,
                plain.actions,
                on.snapshots().actions,
                backups.actions,
                network.actions,
                on.parameters().actions,
                on.options().actions,
                subscriptions.actions,
                offers.actions,
                List.of(logs(host), new TagActions(new Tags(records.catalog, home))))
            .flatMap(Collection::stream)
            .toList();
  }

  private LogActions logs(DatabaseHost host) {
    var records = on.records();
    return new LogActions(
        new Logs(records.catalog, records.namedInstances, records.members, host, pause.pauses));
  }

  /// What share the actions among them; each overrides some methods of the SDK's client.
  public Object[] actions() {
    return actions.toArray();
  }

  /// That of the actions which describes DB clusters.
  public RdsClient clusters() {
    return clusters;
  }

  /// That which describes DB instances.
  public RdsClient instances() {
    return instances;
  }

  /// The classes of [#actions], without an engine.
  public static Class<?>[] actionClasses() {
    return Stream.of(
            ClusterParts.ACTIONS,
            InstanceParts.ACTIONS,
            PlainParts.ACTIONS,
            SnapshotParts.ACTIONS,
            BackupParts.ACTIONS,
            NetworkParts.ACTIONS,
            ParameterParts.ACTIONS,
            OptionParts.ACTIONS,
            SubscriptionParts.ACTIONS,
            OfferParts.ACTIONS,
            List.of(LogActions.class, TagActions.class))
        .flatMap(Collection::stream)
        .toArray(Class<?>[]::new);
  }

  /// Finishes or undoes what an earlier engine left half done, and starts the servers, in the
  /// background.
  ///
  /// @throws IOException that names the hosts file, if the names of endpoints cannot be written to
  ///   it
  public void recover() throws HostException, IOException {
    on.network().begin();
    on.work().begin();
    on.parameters().groups.makeDefaults();
    subscriptions.subscriptions.recover();
    recovery.run();
    on.storage().begin();
    on.compute().beginToLook();
    pause.pauses.begin();
    backups.begin();
  }

  /// The same for the passwords that are kept as secrets.
  public void recoverPasswords() {
    on.compute().managedPasswords.recover();
  }

  /// The volumes of the clusters and plain instances that are remembered in this folder, by their
  /// names; for when no engine runs.
  public static Map<String, String> volumes(Path memory) {
    return Catalog.volumes(memory);
  }

  /// Who changes a password when its secret is rotated.
  public MasterSecrets.Owner passwordOwner() {
    return on.compute().managedPasswords;
  }

  /// Lets what an action made or changed end up in a state, for rehearsals.
  public void endIn(String action, String resource, String state) {
    on.work().endings.of(action, resource, state);
  }

  /// Where an endpoint leads, which may be an address itself.
  public String address(String endpoint) {
    return on.network().hosts.address(endpoint);
  }

  /// Whether a cluster is paused, or on its way back, which it is then.
  ///
  /// @param arn of a DB cluster, or of none
  public boolean resumes(String arn) {
    return pause.pauses.resumes(arn);
  }

  /// What exists.
  public List<ClusterReport> report() {
    return on.report().reports.all();
  }

  /// The same, with the space that it takes, which is asked of the file system for each volume.
  public List<ClusterReport> measuredReport() {
    return on.report().reports.measured();
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

  /// Lets the work under way finish, within bounds, once nothing begins any more.
  @Override
  public void close() {
    try (var _ = on.network();
        var _ = on.work();
        backups;
        pause;
        var _ = on.compute()) {
      on.storage().close();
    }
  }
}
