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
  private final TopologyNews news;
  private final ReaderWatch readers;

  /// @param secrets is asked when the first password is managed
  public ComputeParts(
      DatabaseHost host,
      Supplier<MasterSecrets> secrets,
      RecordParts records,
      WorkParts work,
      NetworkParts network) {
    var catalog = records.catalog;
    var members = records.members;
    var clock = work.clock;
    var background = work.background;
    var pacing = work.pacing;
    var availability = work.availability;
    var modifying = work.modifying;
    var events = work.events;

    effective = new EffectiveParameters(catalog);
    authority = new DefaultAuthority(catalog);
    majorVersions = new MajorVersions(catalog, effective);
    serving = new Serving(host, members, network.hosts, network.endpoints);
    states =
        new InstanceStates(catalog, clock, pacing, work.endings, availability, serving, events);
    masterPasswords =
        new MasterPasswords(catalog, host, clock, background, pacing, modifying, paused, events);
    managedPasswords =
        new ManagedPasswords(catalog, records.home, secrets, masterPasswords, background);
    certificates = new Certificates(catalog, clock, background, members, serving);
    renames = new Renames(catalog, network.hosts, certificates, modifying);
    var followers = new Followers(catalog, members, serving, states);
    servers =
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
            paused,
            events);
    failovers =
        new Failovers(catalog, host, background, pacing, modifying, members, servers, events);
    revival =
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
            paused,
            events);
    removal =
        new InstanceRemoval(
            catalog, background, pacing, failovers, network.endpoints, events, work.standstills);
    replication = new Replication(catalog, servers);
    news = new TopologyNews(catalog, background, serving);
    readers = new ReaderWatch(catalog, clock, background, members, serving, revival);

    servers.watch(revival::tried);
    host.watch(revival::ended);
    news.begin();
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
