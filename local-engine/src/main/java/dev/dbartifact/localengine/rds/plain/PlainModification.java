package dev.dbartifact.localengine.rds.plain;

import dev.dbartifact.localengine.rds.compute.ManagedPasswords;
import dev.dbartifact.localengine.rds.compute.PasswordRequest;
import dev.dbartifact.localengine.rds.compute.Renames;
import dev.dbartifact.localengine.rds.compute.ServerWork;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.engine.Upgrades;
import dev.dbartifact.localengine.rds.network.Addresses;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.MajorUpgrade;
import dev.dbartifact.localengine.rds.record.NamedInstances;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.report.Descriptions;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.upgrade.UpgradePlans;
import dev.dbartifact.localengine.rds.upgrade.UpgradeWork;
import dev.dbartifact.localengine.rds.work.Modifying;
import dev.dbartifact.localengine.server.ServerKind;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// ModifyDBInstance of a plain instance: what changes at once, and what waits.
public final class PlainModification {

  private final Catalog catalog;
  private final PlainSettings settings;
  private final Upgrades upgrades;
  private final UpgradePlans plans;
  private final UpgradeWork upgradeWork;
  private final ServerWork work;
  private final ManagedPasswords passwords;
  private final Renames renames;
  private final Modifying modifying;
  private final Descriptions descriptions;

  PlainModification(
      Catalog catalog,
      PlainSettings settings,
      Upgrades upgrades,
      UpgradePlans plans,
      UpgradeWork upgradeWork,
      ServerWork work,
      ManagedPasswords passwords,
      Renames renames,
      Modifying modifying,
      Descriptions descriptions) {
    this.catalog = catalog;
    this.settings = settings;
    this.upgrades = upgrades;
    this.plans = plans;
    this.upgradeWork = upgradeWork;
    this.work = work;
    this.passwords = passwords;
    this.renames = renames;
    this.modifying = modifying;
    this.descriptions = descriptions;
  }

  public DBInstance modify(Instance instance, Cluster storage, ModifyDbInstanceRequest request) {
    var version = EngineVersion.of(storage.settings());
    settings.check(version, request);
    NamedInstances.requireAvailable(descriptions.of(instance));
    requireSuitsReplica(instance, storage, request);
    var password = passwords.known(PasswordRequest.of(request));
    passwords.requireSuits(password, storage);
    var change = change(instance, storage, version, request);
    var wanted = instance.describedBy(settings.server(instance.settings(), version, change));
    requireSuitsReplicas(storage, wanted, change.waiting());
    requirePortFree(storage, request.dbPortNumber());
    var modified = renames.settled(instance, wanted, request.newDBInstanceIdentifier() != null);
    var changed =
        storage
            .describedBy(PlainSettings.storage(storage.settings(), modified, change))
            .upgradingTo(change.major().orElse(null));
    make(instance, modified, storage, changed, password);
    return descriptions.of(catalog.instances.find(modified.resourceId()).orElseThrow());
  }

  private static void requirePortFree(Cluster storage, Integer port) {
    if (port != null && !port.equals(storage.settings().port())) {
      Addresses.requireFree(storage.address(), port);
    }
  }

  private static boolean moves(Cluster storage, Cluster changed) {
    return !changed.settings().port().equals(storage.settings().port());
  }

  private void make(
      Instance instance,
      Instance modified,
      Cluster storage,
      Cluster changed,
      PasswordRequest password) {
    var version = EngineVersion.of(storage.settings());
    var moves = moves(storage, changed);
    var upgraded = !EngineVersion.of(changed.settings()).equals(version);
    var logs = switchesLog(version, instance, modified);
    if (upgraded) {
      // First, so that no interruption forgets it; what waits for what there is, is nothing.
      catalog.clusters.put(
          storage.with(to -> to.engineVersion(changed.settings().engineVersion())));
    }
    catalog.instances.put(modified);
    var kept = passwords.apply(changed, password);
    var outgrown = work.outgrown(instance, modified);
    if (kept.is(Status.UPGRADING)) {
      modifying.tell(instance, modified);
      upgradeWork.begin(kept);
    } else if (upgraded || moves || logs) {
      modifying.tell(instance, modified);
      restart(
          outgrown.orElse(modified),
          upgraded ? Status.UPGRADING : moves ? Status.REBOOTING : Status.MODIFYING);
      catalog.replicasOf(changed).forEach(replica -> follow(replica, changed, upgraded));
    } else if (outgrown.isPresent()) {
      modifying.tell(instance, modified);
      restart(outgrown.get(), Status.MODIFYING);
    } else if (renames.begin(instance, modified)) {
      modifying.tell(instance, modified);
    } else if (!modified.equalsButPending(instance) || !same(storage, changed)) {
      modifying.show(instance, modified);
    }
  }

  private PlainChange change(
      Instance instance, Cluster storage, EngineVersion version, ModifyDbInstanceRequest request) {
    var major = major(storage, version, request);
    var waiting = waiting(instance, version, request);
    return new PlainChange(request, waiting, major, namesMajor(version, request));
  }

  /// Whether backups, and with them the binary log of MySQL and MariaDB, are switched on or off,
  /// which takes a restart there. See "Configuring RDS for MySQL binary logging" in the Amazon RDS
  /// User Guide.
  private static boolean switchesLog(EngineVersion version, Instance instance, Instance modified) {
    return version.engine().server() == ServerKind.MARIADB
        && keepsBackups(instance) != keepsBackups(modified);
  }

  private static boolean keepsBackups(Instance instance) {
    return instance.settings().backupRetentionPeriod() > 0;
  }

  /// The other major version that the instance is to have after this request: the one that is asked
  /// for, or else the one that waits.
  private Optional<MajorUpgrade> major(
      Cluster storage, EngineVersion from, ModifyDbInstanceRequest request) {
    if (!namesMajor(from, request)) {
      return request.engineVersion() == null
          ? Optional.ofNullable(storage.upgrade())
          : Optional.empty();
    }
    if (storage.replicates().isPresent()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The DB instance %s is a read replica: it gets another major version with its source.",
          storage.id());
    }
    return Optional.of(
        plans.ofInstance(storage, target(from, request), request.dbParameterGroupName()));
  }

  private EngineVersion target(EngineVersion from, ModifyDbInstanceRequest request) {
    return upgrades.target(from, request.engineVersion(), request.allowMajorVersionUpgrade());
  }

  private boolean namesMajor(EngineVersion from, ModifyDbInstanceRequest request) {
    return !target(from, request).major().equals(from.major());
  }

  /// What waits after this request, unless it is to be applied at once.
  private PendingModifiedValues waiting(
      Instance instance, EngineVersion version, ModifyDbInstanceRequest request) {
    var waiting = PlainChanges.merge(instance.settings(), request);
    if (request.engineVersion() == null) {
      return waiting;
    }
    var to = target(version, request);
    return waiting.copy(builder -> builder.engineVersion(to.equals(version) ? null : to.number()));
  }

  /// A replica finds its source by its port, and is upgraded with it; see "Upgrades of the RDS for
  /// PostgreSQL DB engine" in the Amazon RDS User Guide.
  private void follow(Instance replica, Cluster source, boolean upgraded) {
    if (replica.is(Status.DELETING)) {
      return;
    }
    var storage = catalog.ownStorage(replica).orElseThrow();
    var version = EngineVersion.of(source.settings());
    if (upgraded && EngineVersion.of(storage.settings()).isBefore(version)) {
      catalog.clusters.put(storage.with(to -> to.engineVersion(version.number())));
    }
    restart(replica, upgraded ? Status.UPGRADING : Status.REBOOTING);
  }

  /// Also not by a change that has waited since before there were replicas, and is made now.
  private void requireSuitsReplicas(
      Cluster storage, Instance modified, PendingModifiedValues waiting) {
    var none = !keepsBackups(modified) || Objects.equals(waiting.backupRetentionPeriod(), 0);
    if (none && !catalog.replicasOf(storage).isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "BackupRetentionPeriod cannot be 0: the DB instance %s is a source to read replicas.",
          storage.id());
    }
  }

  private static void requireSuitsReplica(
      Instance instance, Cluster storage, ModifyDbInstanceRequest request) {
    var retention = request.backupRetentionPeriod();
    if (storage.replicates().isEmpty()) {
      return;
    }
    if (retention != null && retention > 0) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "BackupRetentionPeriod must be 0: %s is a read replica, and the local engine keeps"
              + " backups of sources only.",
          instance.id());
    }
    if (!PasswordRequest.of(request).isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "The master password of %s is that of its source: it is a read replica.", instance.id());
    }
  }

  private static boolean same(Cluster one, Cluster other) {
    var none = (ClusterPendingModifiedValues) null;
    return one.with(to -> to.pendingModifiedValues(none))
        .equals(other.with(to -> to.pendingModifiedValues(none)));
  }

  private void restart(Instance instance, String status) {
    var restarting = instance.with(builder -> builder.dbInstanceStatus(status));
    catalog.instances.put(restarting);
    work.restart(restarting);
  }
}
