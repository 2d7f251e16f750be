package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.network.NetworkParts;
import dev.dbartifact.localengine.rds.record.RecordParts;
import dev.dbartifact.localengine.rds.work.WorkParts;
import dev.dbartifact.localengine.secrets.MasterSecrets;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.util.function.Supplier;

/// The parts of this package, put together.
public final class ComputeParts implements AutoCloseable {

  public final EffectiveParameters effective;
  public final DefaultAuthority authority;
  public final MajorVersions majorVersions;
  public final Serving serving;
  public final Paused paused = new Paused();
  public final InstanceStates states;
  public final MasterPasswords masterPasswords;
  public final ManagedPasswords managedPasswords;
  public final Certificates certificates;
  public final Renames renames;
  public final ServerWork servers;
  public final Failovers failovers;
  public final Revival revival;
  public final InstanceRemoval removal;
  public final Replication replication;
  private final DatabaseHost host;
  private final RecordParts records;
  private final WorkParts work;
  private final NetworkParts network;
  private final TopologyNews news;
  private final ReaderWatch readers;

  /// @param secrets is asked when the first password is managed
  public ComputeParts(
      DatabaseHost host,
      Supplier<MasterSecrets> secrets,
      RecordParts records,
      WorkParts work,
      NetworkParts network) {
    this.host = host;
    this.records = records;
    this.work = work;
    this.network = network;
    var catalog = records.catalog;
    var members = records.members;
    var background = work.background;

    effective = new EffectiveParameters(catalog);
    authority = new DefaultAuthority(catalog);
    majorVersions = new MajorVersions(catalog, effective);
    serving = new Serving(host, members, network.hosts, network.endpoints);
    states = states();
    masterPasswords = masterPasswords();
    managedPasswords =
        new ManagedPasswords(catalog, records.home, secrets, masterPasswords, background);
    certificates = new Certificates(catalog, work.clock, background, members, serving);
    renames = new Renames(records, network.hosts, certificates, work.modifying, work.events);
    var followers = new Followers(catalog, members, serving, states);
    servers = servers(followers);
    failovers = failovers();
    revival = revival(followers);
    removal = removal();
    replication = new Replication(catalog, servers);
    news = new TopologyNews(catalog, background, serving);
    readers = new ReaderWatch(catalog, work.clock, background, members, serving, revival);

    servers.watch(revival::tried);
    host.watch(revival::ended);
    news.begin();
  }

  private InstanceStates states() {
    return new InstanceStates(
        records.catalog,
        work.clock,
        work.pacing,
        work.endings,
        work.availability,
        serving,
        work.events);
  }

  private MasterPasswords masterPasswords() {
    return new MasterPasswords(
        records.catalog,
        host,
        work.clock,
        work.background,
        work.pacing,
        work.modifying,
        paused,
        work.events);
  }

  private ServerWork servers(Followers followers) {
    return new ServerWork(
        records.catalog,
        work.background,
        work.pacing,
        work.availability,
        effective,
        records.members,
        serving,
        states,
        followers,
        certificates,
        masterPasswords,
        paused,
        work.events);
  }

  private Failovers failovers() {
    return new Failovers(
        records.catalog,
        host,
        work.background,
        work.pacing,
        work.modifying,
        records.members,
        servers,
        work.events);
  }

  private Revival revival(Followers followers) {
    return new Revival(
        records.catalog,
        work.clock,
        work.background,
        work.pacing,
        records.members,
        serving,
        states,
        servers,
        failovers,
        followers,
        paused,
        work.events);
  }

  private InstanceRemoval removal() {
    return new InstanceRemoval(
        records.catalog,
        work.background,
        work.pacing,
        failovers,
        network.endpoints,
        work.events,
        work.standstills);
  }

  /// From now on servers that run are looked after.
  public void beginToLook() {
    readers.begin();
    certificates.begin();
  }

  @Override
  public void close() {
    readers.close();
    certificates.close();
  }
}
