package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.Modifying;
import dev.dbartifact.localengine.rds.work.Pacing;
import dev.dbartifact.localengine.rds.work.Work;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;

/// Changes of master passwords: accepted at once, shown as pending, and learned by the server when
/// it can.
public final class MasterPasswords {

  private static final Logger LOG = LoggerFactory.getLogger(MasterPasswords.class);

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Work work;
  private final Pacing pacing;
  private final Modifying modifying;
  private final Paused paused;
  private final Events events;
  private final Lessons lessons;

  /// Those that a server must still learn.
  private final Map<StorageId, NewPassword> unlearned = new ConcurrentHashMap<>();

  /// @param learned is run when logins work with it
  /// @param shown until when it is shown as pending at least
  /// @param another whether it is not the one that clients have used so far
  private record NewPassword(String verifier, Runnable learned, Instant shown, boolean another) {

    NewPassword(String verifier, Runnable learned, Instant shown) {
      this(verifier, learned, shown, true);
    }
  }

  public MasterPasswords(
      Catalog catalog,
      DatabaseHost host,
      Clock clock,
      Work work,
      Pacing pacing,
      Modifying modifying,
      Paused paused,
      Events events) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.work = work;
    this.pacing = pacing;
    this.modifying = modifying;
    this.paused = paused;
    this.events = events;
    this.lessons = new Lessons(catalog, host, clock, work, pacing, this::learn);
  }

  /// Lets the server learn the password soon, or when it is started.
  ///
  /// @param learned is run when logins work with it
  void change(Cluster cluster, Secret password, Runnable learned) {
    begin(
        cluster,
        new NewPassword(verifier(cluster, password), learned, modifying.endOfNewPassword()));
  }

  /// The same, of a cluster that is remembered with it: also a restart finishes it.
  ///
  /// @param cluster as it is to be remembered
  Cluster changeForSure(Cluster cluster, Secret password) {
    var awaiting = cluster.awaiting(verifier(cluster, password));
    catalog.clusters.put(awaiting);
    begin(
        awaiting,
        new NewPassword(awaiting.pendingVerifier(), () -> {}, modifying.endOfNewPassword()));
    return awaiting;
  }

  /// Lets the cluster, which is about to have other data, keep the password that it has: its server
  /// learns it when it is started on them, also after a restart of the engine. Nothing shows that
  /// it waits. A user who has none gets that of the other data. Within the work on the cluster.
  ///
  /// @return remembers what was read, which takes no server
  /// @throws HostException if it cannot be read: its server is started for that if it does not run,
  ///   and MariaDB has it only where the user logs in with a password of the usual kind
  public Runnable keep(Cluster cluster) throws HostException {
    var id = cluster.storageId();
    if (unlearned.containsKey(id)) {
      // A newer one than its server has.
      return () -> {};
    }
    var verifier = host.masterVerifier(id, cluster.settings().masterUsername());
    return () -> verifier.ifPresent(password -> remember(cluster, password));
  }

  /// Unless another one was given to it since it was read.
  private void remember(Cluster cluster, String verifier) {
    catalog.changing(() -> {
      if (!unlearned.containsKey(cluster.storageId())) {
        catalog.clusters.update(cluster.storage(), now -> now.awaiting(verifier));
        unlearned.put(
            cluster.storageId(), new NewPassword(verifier, () -> {}, clock.instant(), false));
      }
    });
  }

  private String verifier(Cluster cluster, Secret password) {
    return host.verifier(Engine.of(cluster.settings().engine()).server(), password);
  }

  private void begin(Cluster cluster, NewPassword password) {
    CrashPoint.PASSWORD_ACCEPTED.reached();
    modifying.showNewPassword(cluster);
    teach(cluster, password);
  }

  /// Goes on with what [#changeForSure] or [#keep] began before a restart. Only the first is a
  /// change, and shows that it waits.
  public void resume(Cluster cluster) {
    var another = isShownPending(cluster);
    if (another) {
      LOG.info(
          "A password change of {} '{}' was interrupted: it is finished now",
          cluster.noun(),
          cluster.id());
    }
    teach(cluster, new NewPassword(cluster.pendingVerifier(), () -> {}, clock.instant(), another));
  }

  /// The same for a cluster that was to go and stays: nobody has resumed one that an earlier engine
  /// has accepted.
  public void resumeForgotten(Cluster cluster) {
    if (cluster.pendingVerifier() != null && !unlearned.containsKey(cluster.storageId())) {
      resume(cluster);
    }
  }

  private static boolean isShownPending(Cluster cluster) {
    var pending = cluster.settings().pendingModifiedValues();
    return pending != null && pending.masterUserPassword() != null;
  }

  private void teach(Cluster cluster, NewPassword password) {
    var id = cluster.storageId();
    unlearned.put(id, password);
    work.on(
        List.of(id),
        () -> {
          // A server that is to start learns it then, which is sooner. Where none is, Terraform
          // waits before it makes one.
          if (password.equals(unlearned.get(id))
              && (host.running(id)
                  || paused.contains(cluster)
                  || catalog.instancesOf(cluster).isEmpty())) {
            learnOrTell(cluster);
          }
        });
  }

  /// The same, of a server that was started just now. One that runs on without the password serves
  /// all the same, and an event says why.
  ///
  /// @throws HostException if it does not run any more
  void learnAtStart(Cluster cluster) throws HostException {
    try {
      learn(cluster);
    } catch (HostException e) {
      if (!host.running(cluster.storageId())) {
        throw e;
      }
      tellFailure(cluster, e.getMessage());
    }
  }

  private void learnOrTell(Cluster cluster) {
    try {
      learn(cluster);
    } catch (HostException e) {
      tellFailure(cluster, e.getMessage());
    }
  }

  /// RDS-EVENT-0067.
  private void tellFailure(Cluster cluster, String why) {
    LOG.warn(
        "Could not change the master password of '{}'; it is tried again every {} s while its server runs, and at its start: {}",
        cluster.id(),
        Lessons.PAUSE.toSeconds(),
        why);
    events.ofCluster(
        cluster,
        "configuration change",
        "Unable to reset your password. Error information: %s.".formatted(why));
  }

  /// Lets the server learn the password now, if there is one, within the work on its cluster. If
  /// that fails, it is tried again as long as the server runs.
  public void learn(Cluster cluster) throws HostException {
    var id = cluster.storageId();
    var password = unlearned.get(id);
    if (password == null) {
      return;
    }
    CrashPoint.PASSWORD_UNCHANGED.reached();
    try {
      host.changeMasterPassword(id, cluster.settings().masterUsername(), password.verifier());
    } catch (HostException e) {
      lessons.repeat(cluster);
      throw e;
    }
    CrashPoint.PASSWORD_CHANGED.reached();
    unlearned.remove(id, password);
    password.learned().run();
    if (password.another()) {
      events.ofCluster(cluster, "configuration change", "Reset master credentials");
    }
    catalog.changing(() -> settle(cluster, password.shown()));
  }

  /// The server knows it: that is what the disk says from now on. It is shown as pending until the
  /// state is over that tells of it, as clients wait for both.
  private void settle(Cluster cluster, Instant shown) {
    if (unlearned.containsKey(cluster.storageId())) {
      return;
    }
    var waiting = catalog.clusters.find(cluster.storage());
    catalog.clusters.settle(cluster.storage(), MasterPasswords::withoutPending);
    if (clock.instant().isBefore(shown) && waiting.isPresent()) {
      catalog.clusters.show(cluster.storage(), _ -> waiting.get());
      pacing.at(shown, () -> catalog.changing(() -> showNone(cluster)));
    }
  }

  private void showNone(Cluster cluster) {
    if (!unlearned.containsKey(cluster.storageId())) {
      catalog.clusters.settle(cluster.storage(), MasterPasswords::withoutPending);
    }
  }

  /// The cluster, remembered and shown without a password that is to be learned.
  public static Cluster withoutPending(Cluster remembered) {
    var cluster = remembered.pendingVerifier() == null ? remembered : remembered.awaiting(null);
    var pending = cluster.settings().pendingModifiedValues();
    if (pending == null || pending.masterUserPassword() == null) {
      return cluster;
    }
    var left = pending.copy(builder -> builder.masterUserPassword(null));
    var none = left.equals(ClusterPendingModifiedValues.builder().build());
    return cluster.with(builder -> builder.pendingModifiedValues(none ? null : left));
  }

  /// Forgets the password of a cluster that is gone.
  public void forget(Cluster cluster) {
    unlearned.remove(cluster.storageId());
  }
}
