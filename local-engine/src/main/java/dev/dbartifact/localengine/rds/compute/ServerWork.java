package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.pace.Phase;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.work.Availability;
import dev.dbartifact.localengine.rds.work.Endings;
import dev.dbartifact.localengine.rds.work.Events;
import dev.dbartifact.localengine.rds.work.HostStep;
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
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;

/// What happens to servers after an answer: they are started, stopped, and learn passwords and
/// parameters.
public final class ServerWork {

  private static final Logger LOG = LoggerFactory.getLogger(ServerWork.class);

  /// The kind of reason that an instance shows while its server is brought back.
  private static final String REVIVAL = "recovery";

  private final Catalog catalog;
  private final DatabaseHost host;
  private final Clock clock;
  private final Work work;
  private final Pacing pacing;
  private final Modifying modifying;
  private final Endings endings;
  private final Availability availability;
  private final EffectiveParameters effective;
  private final Members members;
  private final Serving serving;
  private final Events events;

  /// Passwords that a server must still learn.
  private final Map<StorageId, NewPassword> passwords = new ConcurrentHashMap<>();

  /// @param learned is run when logins work with it
  /// @param shown until when it is shown as pending at least
  private record NewPassword(String verifier, Runnable learned, Instant shown) {}

  public ServerWork(
      Catalog catalog,
      DatabaseHost host,
      Clock clock,
      Work work,
      Pacing pacing,
      Modifying modifying,
      Endings endings,
      Availability availability,
      EffectiveParameters effective,
      Members members,
      Serving serving,
      Events events) {
    this.catalog = catalog;
    this.host = host;
    this.clock = clock;
    this.work = work;
    this.pacing = pacing;
    this.modifying = modifying;
    this.endings = endings;
    this.availability = availability;
    this.effective = effective;
    this.members = members;
    this.serving = serving;
    this.events = events;
  }

  private void served(Instance instance) {
    switch (instance.settings().dbInstanceStatus()) {
      case Status.CREATING -> events.ofInstance(instance, "creation", "DB instance created");
      case Status.REBOOTING, Status.STORAGE_FULL ->
          events.ofInstance(instance, "availability", "DB instance restarted");
      case Status.STARTING -> events.ofInstance(instance, "notification", "DB instance started");
      case Status.UPGRADING -> events.ofInstance(instance, "maintenance", "DB instance patched");
      default -> {}
    }
  }

  /// Starts the server for the instance when the volume is there, with the parameters that it had.
  public void start(Instance instance) {
    var volumes = volumes(instance);
    var end = pacing.begin(instance, phase(instance));
    work.on(volumes, () -> serve(instance, end, () -> startNow(instance)));
  }

  /// A replica waits for what its source is at.
  private List<StorageId> volumes(Instance instance) {
    return catalog
        .clusters
        .find(instance.storage())
        .map(Cluster::volumes)
        .orElseGet(() -> List.of(new StorageId(instance.storage())));
  }

  private static Phase phase(Instance instance) {
    return switch (instance.settings().dbInstanceStatus()) {
      case Status.CREATING -> Phase.INSTANCE_CREATING;
      case Status.MODIFYING -> Phase.INSTANCE_MODIFYING;
      case Status.REBOOTING -> Phase.INSTANCE_REBOOTING;
      case Status.UPGRADING -> Phase.INSTANCE_UPGRADING;
      default -> Phase.INSTANCE_STARTING;
    };
  }

  /// The same, with the parameters that its groups have now.
  ///
  /// @return when the instance may be available
  public Instant boot(Instance instance) {
    var volumes = volumes(instance);
    var end = pacing.begin(instance, phase(instance));
    work.on(volumes, () -> serve(instance, end, () -> bootNow(instance)));
    return end;
  }

  private void bootNow(Instance instance) throws HostException {
    catalog.changing(() ->
        catalog
            .instances
            .find(instance.resourceId())
            .filter(now -> !now.equals(booted(now)))
            .ifPresent(now -> catalog.instances.put(booted(now))));
    startNow(instance);
  }

  private Instance booted(Instance instance) {
    return instance.applying(effective.of(instance)).inSync();
  }

  /// Lets the running server take over the parameters that can change while it runs.
  public void reload(Instance instance) {
    var id = new StorageId(instance.storage());
    work.on(
        List.of(id),
        () -> {
          var now = catalog.instances.find(instance.resourceId());
          var cluster = catalog.clusters.find(instance.storage());
          if (now.isPresent() && cluster.isPresent() && serving.running(cluster.get(), now.get())) {
            var done =
                HostStep.tried(
                    "change the parameters of instance '" + instance.id() + "'",
                    () -> serving.reload(cluster.get(), now.get()));
            catalog.changing(() ->
                catalog.instances.update(
                    instance.resourceId(), i -> reloaded(i, done ? "in-sync" : "failed-to-apply")));
          }
        });
  }

  private static Instance reloaded(Instance instance, String status) {
    var own =
        instance.settings().dbParameterGroups().stream()
            .anyMatch(group -> "applying".equals(group.parameterApplyStatus()));
    var result = own ? instance.ownParameters(status) : instance;
    return "applying".equals(instance.clusterParameterStatus())
        ? result.clusterParameters(status)
        : result;
  }

  /// Stops the server and starts it again, at the cluster's address and port of that time.
  ///
  /// @return when the instance may be available
  public Instant restart(Instance instance) {
    var volumes = volumes(instance);
    var end = pacing.begin(instance, phase(instance));
    work.on(
        volumes,
        () ->
            serve(
                instance,
                end,
                () -> {
                  var cluster = catalog.clusters.find(instance.storage());
                  if (cluster.isPresent()) {
                    serving.stop(cluster.get(), instance);
                    CrashPoint.SERVER_HALTED.reached();
                  }
                  bootNow(instance);
                }));
    return end;
  }

  /// Lets a server that was a replica's write.
  ///
  /// @param source what it followed
  void promote(Instance instance, StorageId source) {
    var volumes = List.of(source, new StorageId(instance.storage()));
    var end = pacing.begin(instance, phase(instance));
    work.on(
        volumes,
        () -> {
          if (serve(instance, end, () -> bootNow(instance))) {
            events.ofInstance(
                instance, "read replica", "Replication streaming has been terminated.");
          }
        });
  }

  /// Makes a cluster available when what its servers are to do is done, whether or not they could.
  public void makeAvailable(Cluster cluster, Instant end) {
    work.on(
        List.of(cluster.storageId()), () -> pacing.at(end, () -> availability.reached(cluster)));
  }

  private void startNow(Instance instance) throws HostException {
    var cluster = catalog.clusters.find(instance.storage());
    var now = catalog.instances.find(instance.resourceId());
    if (cluster.isPresent() && now.isPresent()) {
      CrashPoint.SERVER_UNSTARTED.reached();
      serving.start(cluster.get(), now.get());
      CrashPoint.SERVER_STARTED.reached();
      if (members.writes(instance)) {
        learnPassword(cluster.get());
      }
    }
  }

  /// Starts the server as the instance's role demands now, within the work on its cluster. Whether
  /// it runs; else the instance says why.
  boolean serveNow(Instance instance) {
    return serve(instance, clock.instant(), () -> bootNow(instance));
  }

  /// Starts the server, which ended by itself, within the work on its cluster.
  void revive(Instance instance) throws HostException {
    bootNow(instance);
  }

  /// Lets an instance be available from that time on, if its server runs then.
  void settleAt(Instant end, Instance instance) {
    pacing.at(end, () -> catalog.changing(() -> settle(instance)));
  }

  /// Lets the instance, whose server has ended by itself, show this state, and why.
  void show(Instance instance, String status, String why) {
    catalog.changing(() ->
        catalog.instances.show(
            instance.resourceId(),
            now -> now.is(Status.DELETING) ? now : reasoned(now, REVIVAL, status, why)));
  }

  boolean isReviving(Instance instance) {
    return (instance.is(Status.REBOOTING) || instance.is(Status.STORAGE_FULL))
        && instance.settings().statusInfos().stream()
            .anyMatch(each -> REVIVAL.equals(each.statusType()));
  }

  private static Instance reasoned(Instance instance, String type, String status, String why) {
    var reason =
        DBInstanceStatusInfo.builder()
            .statusType(type)
            .normal(false)
            .status(status)
            .message(why)
            .build();
    return instance.with(builder -> builder.dbInstanceStatus(status).statusInfos(reason));
  }

  public void stopNow(Cluster cluster, Instance instance) throws HostException {
    serving.stop(cluster, instance);
  }

  /// The same, where the data may come to be thrown away meanwhile; see [Serving].
  void stopNow(Cluster cluster, Instance instance, Runnable closed, BooleanSupplier inVain)
      throws HostException {
    serving.stop(cluster, instance, closed, inVain);
  }

  private boolean serve(Instance instance, Instant end, HostStep step) {
    try {
      step.run();
      pacing.at(
          end,
          () -> {
            catalog.changing(() -> settle(instance));
            CrashPoint.INSTANCE_AVAILABLE.reached();
          });
      return true;
    } catch (HostException | RuntimeException e) {
      if (!work.closing()) {
        LOG.warn("Instance '%s' failed: %s".formatted(instance.id(), e.getMessage()));
        catalog.changing(() -> catalog.instances.update(instance.resourceId(), i -> failed(i, e)));
      }
      return false;
    }
  }

  private void settle(Instance instance) {
    var cluster = catalog.clusters.find(instance.storage());
    if (cluster.isPresent() && !serving.running(cluster.get(), instance)) {
      // It has ended since; that is looked after.
      return;
    }
    // What waits for the instance may then modify the cluster.
    cluster.ifPresent(availability::reached);
    catalog.instances.find(instance.resourceId()).ifPresent(this::served);
    catalog.instances.update(instance.resourceId(), this::serving);
  }

  private Instance serving(Instance instance) {
    if (instance.is(Status.DELETING)) {
      return instance;
    }
    var created = instance.settings().instanceCreateTime();
    return endings.available(
        instance.with(builder ->
            builder
                .statusInfos((List<DBInstanceStatusInfo>) null)
                .instanceCreateTime(created == null ? clock.instant() : created)));
  }

  private static Instance failed(Instance instance, Exception reason) {
    return instance.is(Status.DELETING)
        ? instance
        : reasoned(instance, "start", stateAfter(instance, reason), reason.getMessage());
  }

  /// The state of an instance whose server does not start.
  static String stateAfter(Instance instance, Exception reason) {
    if (reason instanceof HostException.AddressTaken) {
      return Status.INCOMPATIBLE_NETWORK;
    }
    return instance.applied().isEmpty() ? Status.FAILED : Status.INCOMPATIBLE_PARAMETERS;
  }

  /// Lets the server learn the password soon, or when it is started.
  ///
  /// @param learned is run when logins work with it
  void changePassword(Cluster cluster, Secret password, Runnable learned) {
    begin(
        cluster,
        new NewPassword(verifier(cluster, password), learned, modifying.endOfNewPassword()));
  }

  /// The same, of a cluster that is remembered with it: also a restart finishes it.
  ///
  /// @param cluster as it is to be remembered
  Cluster changePasswordForSure(Cluster cluster, Secret password) {
    var awaiting = cluster.awaiting(verifier(cluster, password));
    catalog.clusters.put(awaiting);
    begin(
        awaiting,
        new NewPassword(awaiting.pendingVerifier(), () -> {}, modifying.endOfNewPassword()));
    return awaiting;
  }

  private String verifier(Cluster cluster, Secret password) {
    return host.verifier(Engine.of(cluster.settings().engine()).server(), password);
  }

  private void begin(Cluster cluster, NewPassword password) {
    CrashPoint.PASSWORD_ACCEPTED.reached();
    modifying.showNewPassword(cluster);
    teach(cluster, password);
  }

  /// Goes on with what [#changePasswordForSure] began before a restart.
  public void resumePassword(Cluster cluster) {
    LOG.info(
        "A password change of {} '{}' was interrupted: it is finished now",
        cluster.noun(),
        cluster.id());
    teach(cluster, new NewPassword(cluster.pendingVerifier(), () -> {}, clock.instant()));
  }

  private void teach(Cluster cluster, NewPassword password) {
    var id = cluster.storageId();
    passwords.put(id, password);
    work.on(
        List.of(id),
        () -> {
          // A server that is to start learns it then, which is sooner. Where none is, Terraform
          // waits before it makes one.
          if (host.running(id) || catalog.instancesOf(cluster).isEmpty()) {
            HostStep.tried(
                "change the master password of '" + cluster.id() + "'",
                () -> learnPassword(cluster));
          }
        });
  }

  private void learnPassword(Cluster cluster) throws HostException {
    var id = cluster.storageId();
    var password = passwords.get(id);
    if (password == null) {
      return;
    }
    CrashPoint.PASSWORD_UNCHANGED.reached();
    host.changeMasterPassword(id, cluster.settings().masterUsername(), password.verifier());
    CrashPoint.PASSWORD_CHANGED.reached();
    passwords.remove(id, password);
    password.learned().run();
    events.ofCluster(cluster, "configuration change", "Reset master credentials");
    catalog.changing(() -> settlePassword(cluster, password.shown()));
  }

  /// The server knows it: that is what the disk says from now on. It is shown as pending until the
  /// state is over that tells of it, as clients wait for both.
  private void settlePassword(Cluster cluster, Instant shown) {
    if (passwords.containsKey(cluster.storageId())) {
      return;
    }
    var waiting = catalog.clusters.find(cluster.storage());
    catalog.clusters.update(cluster.storage(), ServerWork::withoutPendingPassword);
    if (clock.instant().isBefore(shown) && waiting.isPresent()) {
      catalog.clusters.show(cluster.storage(), _ -> waiting.get());
      pacing.at(shown, () -> catalog.changing(() -> showNoPassword(cluster)));
    }
  }

  private void showNoPassword(Cluster cluster) {
    if (!passwords.containsKey(cluster.storageId())) {
      catalog.clusters.update(cluster.storage(), ServerWork::withoutPendingPassword);
    }
  }

  public static Cluster withoutPendingPassword(Cluster remembered) {
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
  public void forgetPassword(Cluster cluster) {
    passwords.remove(cluster.storageId());
  }
}
