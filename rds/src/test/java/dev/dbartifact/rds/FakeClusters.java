package dev.dbartifact.rds;

import dev.dbartifact.artifact.AccessSettings;
import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.DailyWindow;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.MaintenanceSettings;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.ParameterSettings;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.SecurityGroupId;
import dev.dbartifact.artifact.StorageSettings;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.artifact.WeeklyWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// A region of RDS in memory. Things take their time by the clock: clusters and instances are
/// `creating` at first. For some seconds after a modify or a reboot was accepted, everything reads
/// as before; then the change is pending and the status tells of it; then it is there. A restore
/// hands out RDS's defaults for what it was not told. It can be asked to die at any change.
public final class FakeClusters implements ClusterApi {
  /// The end of the one who asked for a change: nothing it asks for afterwards happens.
  public static final class Crash extends Error {
    private static final long serialVersionUID = 1;

    Crash() {
      super("crashed", null, false, false);
    }
  }

  private static final String ARN = "arn:aws:rds:us-east-1:123456789012:";

  private static final Duration LAG = Duration.ofSeconds(4);
  private static final Duration BUSY = Duration.ofSeconds(25);
  private static final Set<SettingField> PENDABLE =
      Set.of(
          SettingField.BACKUP_RETENTION,
          SettingField.STORAGE_TYPE,
          SettingField.IAM_AUTHENTICATION,
          SettingField.LOG_EXPORTS,
          SettingField.INSTANCE_CLASS);

  /// Something that is being done.
  private record Work(
      String status,
      Set<SettingField> fields,
      ClusterSettings result,
      Instant from,
      Instant until) {
    boolean shows(Instant now) {
      return !now.isBefore(from);
    }

    boolean isOver(Instant now) {
      return !now.isBefore(until);
    }

    Set<SettingField> pending() {
      var pending = new HashSet<>(fields);
      pending.retainAll(PENDABLE);
      return pending;
    }

    Work with(UnaryOperator<ClusterSettings> change) {
      return new Work(status, fields, change.apply(result), from, until);
    }
  }

  private static final class Cluster {
    Optional<Work> work = Optional.empty();
    Set<SettingField> deferred = Set.of();
    final ClusterId id;
    ClusterSettings settings;
    Instant readyAt;
    Optional<String> forcedStatus = Optional.empty();
    Instant forcedUntil = Instant.MAX;
    String password = "";
    String newPassword = "";
    Instant passwordAt = Instant.MIN;

    Cluster(ClusterId id, ClusterSettings settings, Instant readyAt) {
      this.id = id;
      this.settings = settings;
      this.readyAt = readyAt;
    }

    void change(UnaryOperator<ClusterSettings> change) {
      settings = change.apply(settings);
      work = work.map(each -> each.with(change));
    }
  }

  private static final class Instance {
    final ClusterId cluster;
    final ClusterId id;
    ClusterSettings settings;
    final Instant readyAt;
    Tags tags;
    Optional<Work> work = Optional.empty();
    boolean outOfSync;

    Instance(
        ClusterId cluster, ClusterId id, ClusterSettings settings, Instant readyAt, Tags tags) {
      this.cluster = cluster;
      this.id = id;
      this.settings = settings;
      this.readyAt = readyAt;
      this.tags = tags;
    }
  }

  private final WaitingClock clock;
  private final Map<String, Cluster> clusters = new TreeMap<>();

  /// In the order in which they were made: the first one of a cluster is its writer.
  private final Map<String, Instance> instances = new LinkedHashMap<>();

  private final Map<String, FoundSubnetGroup> subnetGroups = new TreeMap<>();
  private final List<String> changes = new ArrayList<>();
  private final List<String> reads = new ArrayList<>();
  private int dieAt = Integer.MAX_VALUE;
  private boolean changeBeforeDying;
  private boolean earlyInstances = true;
  private boolean readers = true;
  private int throttled;
  private boolean throttlingEveryCall;
  private boolean deletingTheSealed;
  private int passwordsToLose;
  private Duration passwordDelay = Duration.ZERO;
  private final Set<String> throttledOnce = new HashSet<>();
  private final Map<String, Integer> throttledChanges = new HashMap<>();
  private final Map<String, Instant> deletions = new TreeMap<>();
  private int undisturbed;
  private int disturbances;
  private Duration creating = Duration.ofSeconds(2);

  public FakeClusters(WaitingClock clock) {
    this.clock = clock;
  }

  /// Puts a cluster with its instances there, available.
  public synchronized FakeClusters with(ClusterId id, ClusterSettings settings) {
    clusters.put(id.value(), new Cluster(id, settings, clock.now()));
    for (int n = 1; n <= settings.hardware().instanceCount(); n++) {
      var instance = new ClusterId(id + "-" + n);
      instances.put(
          instance.value(), new Instance(id, instance, settings, clock.now(), settings.tags()));
    }
    return this;
  }

  public synchronized FakeClusters withPassword(ClusterId id, String password) {
    clusters.get(id.value()).password = password;
    clusters.get(id.value()).newPassword = "";
    return this;
  }

  /// From now on a cluster has this status.
  public synchronized FakeClusters withStatus(ClusterId id, String status) {
    clusters.get(id.value()).forcedStatus = Optional.of(status);
    return this;
  }

  /// For so long a cluster has this status.
  public synchronized FakeClusters withStatusFor(Duration time, ClusterId id, String status) {
    clusters.get(id.value()).forcedUntil = clock.now().plus(time);
    return withStatus(id, status);
  }

  public synchronized FakeClusters withSubnetGroup(String name, SubnetIds subnets) {
    return withSubnetGroup(name, subnets, Tags.none());
  }

  public synchronized FakeClusters withSubnetGroup(String name, SubnetIds subnets, Tags tags) {
    subnetGroups.put(name, group(name, subnets, tags));
    return this;
  }

  /// Changes a cluster behind everybody's back.
  public synchronized void drift(ClusterId id, UnaryOperator<ClusterSettings> change) {
    progress();
    clusters.get(id.value()).change(change);
  }

  /// Changes an instance behind everybody's back.
  public synchronized void driftInstance(ClusterId id, UnaryOperator<ClusterSettings> change) {
    progress();
    Instance instance = instances.get(id.value());
    instance.settings = change.apply(instance.settings);
  }

  /// Somebody has a change of these settings waiting for the maintenance window.
  public synchronized FakeClusters deferring(ClusterId id, Set<SettingField> fields) {
    clusters.get(id.value()).deferred = fields;
    return this;
  }

  /// An instance gets this status in some seconds, and keeps it for so long.
  public synchronized void instanceSoonBusyFor(Duration time, ClusterId id, String status) {
    Instance instance = instances.get(id.value());
    Instant from = clock.now().plus(LAG);
    instance.work =
        Optional.of(new Work(status, Set.of(), instance.settings, from, from.plus(time)));
  }

  /// Whether anything is still being done, whether it can be seen yet or not.
  public synchronized boolean isBusy() {
    progress();
    return Stream.concat(
            clusters.values().stream().map(each -> each.work),
            instances.values().stream().map(each -> each.work))
        .anyMatch(Optional::isPresent);
  }

  /// What is over by now has its effect.
  private void progress() {
    deletions.forEach((id, time) -> {
      if (isReady(time)) {
        clusters.remove(id);
        instances.values().removeIf(each -> each.cluster.value().equals(id));
      }
    });
    for (Cluster each : clusters.values()) {
      if (each.work.filter(work -> work.isOver(clock.now())).isPresent()) {
        each.settings = each.work.get().result();
        each.work = Optional.empty();
      }
    }
    for (Instance each : instances.values()) {
      if (each.work.filter(work -> work.isOver(clock.now())).isPresent()) {
        each.settings = each.work.get().result();
        each.outOfSync &= !each.work.get().status().equals("rebooting");
        each.work = Optional.empty();
      }
    }
  }

  private Work work(String status, Set<SettingField> fields, ClusterSettings result) {
    Instant from = clock.now().plus(LAG);
    return new Work(status, fields, result, from, from.plus(BUSY));
  }

  /// Refuses instances of clusters that are not available, as the documentation of RDS has it.
  public synchronized FakeClusters refusingEarlyInstances() {
    earlyInstances = false;
    return this;
  }

  /// Somebody deletes every cluster as soon as it carries a seal.
  public synchronized FakeClusters deletingTheSealed() {
    deletingTheSealed = true;
    return this;
  }

  /// The next master password is accepted, and then lost in a crash of whoever should apply it.
  public synchronized FakeClusters losingAPassword() {
    passwordsToLose = 1;
    return this;
  }

  /// New master passwords stay pending for so long after the cluster is available again.
  public synchronized FakeClusters slowPasswords(Duration delay) {
    passwordDelay = delay;
    return this;
  }

  /// Takes one instance per cluster, and no more.
  public synchronized FakeClusters refusingReaders() {
    readers = false;
    return this;
  }

  /// The next calls are too many.
  public synchronized FakeClusters throttling(int calls) {
    throttled = calls;
    return this;
  }

  /// This change is one too many, so often.
  public synchronized FakeClusters throttling(String change, int times) {
    throttledChanges.put(change, times);
    return this;
  }

  /// Somebody deletes the cluster with all its instances at that time.
  public synchronized FakeClusters deletingAt(Instant time, ClusterId id) {
    deletions.put(id.value(), time);
    return this;
  }

  /// From now on, a call that differs from those before is too many at first.
  public synchronized FakeClusters throttlingEveryCall() {
    throttlingEveryCall = true;
    return this;
  }

  /// After some calls, a number of calls meet a fault of AWS's own.
  public synchronized FakeClusters disturbingAfter(int calls, int disturbances) {
    this.undisturbed = calls;
    this.disturbances = disturbances;
    return this;
  }

  /// The caller dies at its n-th change from now on, counted from 1: after the change has been
  /// made, or before.
  public synchronized FakeClusters dyingAt(int change, boolean changeBeforeDying) {
    dieAt = changes.size() + change;
    this.changeBeforeDying = changeBeforeDying;
    return this;
  }

  /// A new caller comes.
  public synchronized FakeClusters reviving() {
    dieAt = Integer.MAX_VALUE;
    return this;
  }

  public Clusters clustersOf(ArtifactMetadata artifact) {
    return new Clusters(this, new TargetGuard(artifact));
  }

  public SourceClusterInspector inspector() {
    return new SourceClusterInspector(
        this, "us-east-1", () -> "arn:aws:iam::123456789012:user/alice");
  }

  /// The changes so far, such as `clone dev-orders`.
  public synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  public synchronized List<String> reads() {
    return List.copyOf(reads);
  }

  /// Whether a login with this password would work now: the cluster and an instance of it are
  /// there, and the password has been applied.
  public synchronized boolean accepts(ClusterId id, Secret password) {
    progress();
    Cluster cluster = clusters.get(id.value());
    boolean up =
        cluster != null
            && status(cluster).equals("available")
            && instances.values().stream()
                .anyMatch(each -> each.cluster.equals(id) && status(each).equals("available"));
    return up && currentPassword(cluster).equals(password.reveal());
  }

  /// Whether anything answers at a cluster's endpoint.
  public synchronized boolean answers(ClusterId id) {
    progress();
    return instances.values().stream()
        .anyMatch(each -> each.cluster.equals(id) && status(each).equals("available"));
  }

  private String currentPassword(Cluster cluster) {
    if (!cluster.newPassword.isEmpty() && isReady(cluster.passwordAt)) {
      cluster.password = cluster.newPassword;
      cluster.newPassword = "";
    }
    return cluster.password;
  }

  private boolean isReady(Instant readyAt) {
    return !clock.now().isBefore(readyAt);
  }

  private String status(Cluster cluster) {
    return cluster
        .forcedStatus
        .filter(status -> !isReady(cluster.forcedUntil))
        .or(() -> isReady(cluster.readyAt) ? Optional.empty() : Optional.of("creating"))
        .or(() -> visible(cluster.work).map(Work::status))
        .orElse("available");
  }

  private String status(Instance instance) {
    return isReady(instance.readyAt)
        ? visible(instance.work).map(Work::status).orElse("available")
        : "creating";
  }

  private Optional<Work> visible(Optional<Work> work) {
    return work.filter(each -> each.shows(clock.now()));
  }

  // reading

  @Override
  public synchronized Optional<FoundCluster> cluster(String idOrArn) {
    read("cluster " + idOrArn);
    String name = idOrArn.substring(idOrArn.lastIndexOf(':') + 1);
    return Optional.ofNullable(clusters.get(name)).map(this::found);
  }

  private FoundCluster found(Cluster cluster) {
    var members = new ArrayList<FoundInstance>();
    for (Instance each : instances.values()) {
      if (each.cluster.equals(cluster.id)) {
        members.add(found(each, members.isEmpty()));
      }
    }
    return new FoundCluster(
        cluster.id,
        ARN + "cluster:" + cluster.id,
        status(cluster),
        Optional.of(cluster.id + ".cluster.local"),
        Optional.of(cluster.id + ".cluster-ro.local"),
        withInstances(visible(cluster.work).map(Work::result).orElse(cluster.settings), members),
        members,
        List.of("us-east-1a", "us-east-1b"),
        visible(cluster.work).map(Work::pending).orElse(cluster.deferred),
        !cluster.newPassword.isEmpty() && !isReady(cluster.passwordAt),
        Optional.empty());
  }

  private FoundInstance found(Instance each, boolean writer) {
    ClusterSettings shown = visible(each.work).map(Work::result).orElse(each.settings);
    return new FoundInstance(
        each.id,
        ARN + "db:" + each.id,
        status(each),
        writer,
        shown.hardware().instanceClass(),
        shown.parameters().instanceGroup(),
        shown.network().publiclyAccessible(),
        shown.maintenance().autoMinorVersionUpgrade(),
        shown.maintenance().maintenanceWindow(),
        visible(each.work).map(Work::pending).orElse(Set.of()),
        !each.outOfSync,
        each.tags);
  }

  private static ClusterSettings withInstances(
      ClusterSettings settings, List<FoundInstance> members) {
    Optional<FoundInstance> writer = members.stream().findFirst();
    var network = settings.network();
    var maintenance = settings.maintenance();
    return new ClusterSettings(
        settings.engine(),
        settings.engineVersion(),
        settings.masterUsername(),
        settings.databaseName(),
        new NetworkSettings(
            network.subnetGroup(),
            Optional.empty(),
            network.securityGroups(),
            network.port(),
            writer.flatMap(FoundInstance::publiclyAccessible)),
        new HardwareSettings(
            writer.flatMap(FoundInstance::instanceClass),
            members.size(),
            settings.hardware().serverless()),
        new MaintenanceSettings(
            maintenance.backupRetentionDays(),
            maintenance.backupWindow(),
            maintenance.maintenanceWindow(),
            writer.flatMap(FoundInstance::autoMinorVersionUpgrade),
            maintenance.deletionProtection(),
            maintenance.copyTagsToSnapshots()),
        new ParameterSettings(
            settings.parameters().clusterGroup(), writer.flatMap(FoundInstance::parameterGroup)),
        settings.storage(),
        settings.access(),
        settings.tags());
  }

  @Override
  public synchronized List<FoundSubnetGroup> subnetGroups() {
    read("subnet groups");
    return List.copyOf(subnetGroups.values());
  }

  @Override
  public synchronized Optional<FoundSubnetGroup> subnetGroup(String name) {
    read("subnet group " + name);
    return Optional.ofNullable(subnetGroups.get(name)).map(group -> group.tagged(Tags.none()));
  }

  /// Asked for DB subnet groups only.
  @Override
  public synchronized Tags tags(String arn) {
    read("tags " + arn);
    return Optional.ofNullable(subnetGroups.get(arn.substring(arn.lastIndexOf(':') + 1)))
        .map(FoundSubnetGroup::tags)
        .orElseThrow(() -> fault("DBSubnetGroupNotFoundFault", "no group " + arn));
  }

  @Override
  public synchronized List<InstanceName> instancesNamed(List<ClusterId> names) {
    read("instances named " + names);
    return names.stream()
        .map(name -> instances.get(name.value()))
        .filter(each -> each != null)
        .map(each -> new InstanceName(each.id, Optional.of(each.cluster)))
        .toList();
  }

  @Override
  public synchronized List<ClusterId> clusterIds() {
    read("cluster ids");
    return clusters.values().stream().map(cluster -> cluster.id).toList();
  }

  @Override
  public synchronized List<String> recentEvents(ClusterId id) {
    return List.of("DB cluster " + id + " was here");
  }

  private void read(String what) {
    refuseTheDead();
    misbehave(what);
    progress();
    reads.add(what);
  }

  private void misbehave(String what) {
    if (throttled > 0) {
      throttled--;
      throw fault("Throttling", "Rate exceeded");
    }
    if (throttledChanges.getOrDefault(what, 0) > 0) {
      throttledChanges.merge(what, -1, Integer::sum);
      throw fault("Throttling", "Rate exceeded");
    }
    if (throttlingEveryCall && throttledOnce.add(what)) {
      throw fault("Throttling", "Rate exceeded");
    }
    if (undisturbed > 0) {
      undisturbed--;
    } else if (disturbances > 0) {
      disturbances--;
      throw fault("InternalFailure", "try me later");
    }
  }

  // changing

  @Override
  public void clone(CloneCluster wish) {
    change(
        "clone " + wish.target(),
        () -> {
          refuseExisting(wish.target());
          Cluster source = existing(wish.source());
          if (!status(source).equals("available")) {
            throw fault(
                "InvalidDBClusterStateFault", "DB cluster " + source.id + " is " + status(source));
          }
          var settings = cloned(source.settings, wish);
          var made = new Cluster(wish.target(), settings, clock.now().plus(creating));
          made.password = currentPassword(source);
          clusters.put(made.id.value(), made);
        });
  }

  /// What RestoreDBClusterToPointInTime gives for what it is told and for what it is not.
  private static ClusterSettings cloned(ClusterSettings source, CloneCluster wish) {
    ClusterSettings to = wish.settings();
    return new ClusterSettings(
        source.engine(),
        source.engineVersion(),
        source.masterUsername(),
        source.databaseName(),
        new NetworkSettings(
            to.network().subnetGroup().or(() -> Optional.of("default")),
            Optional.empty(),
            securityGroups(to),
            to.network().port().or(() -> Optional.of(new Port(source.engine().defaultPort()))),
            Optional.empty()),
        new HardwareSettings(Optional.empty(), 0, to.hardware().serverless()),
        new MaintenanceSettings(
            source.maintenance().backupRetentionDays(),
            Optional.of(new DailyWindow("11:11-11:41")),
            Optional.of(new WeeklyWindow("tue:05:00-tue:05:30")),
            Optional.empty(),
            to.maintenance().deletionProtection().or(() -> Optional.of(false)),
            to.maintenance().copyTagsToSnapshots().or(() -> Optional.of(false))),
        parameters(to),
        new StorageSettings(
            to.storage().storageType().or(() -> Optional.of("aurora")),
            source.storage().encrypted(),
            source.storage().kmsKeyId()),
        access(to),
        wish.tags());
  }

  private static List<SecurityGroupId> securityGroups(ClusterSettings wish) {
    var groups = wish.network().securityGroups();
    return groups.isEmpty() ? List.of(new SecurityGroupId("sg-00000000")) : groups;
  }

  private static ParameterSettings parameters(ClusterSettings wish) {
    return new ParameterSettings(
        wish.parameters().clusterGroup().or(() -> Optional.of("default." + wish.engine())),
        Optional.empty());
  }

  private static AccessSettings access(ClusterSettings wish) {
    return new AccessSettings(
        wish.access().iamAuthentication().or(() -> Optional.of(false)),
        wish.access().logExports().or(() -> Optional.of(List.of())));
  }

  @Override
  public void create(CreateCluster wish, Secret password) {
    change(
        "create " + wish.target(),
        () -> {
          refuseExisting(wish.target());
          var made = new Cluster(wish.target(), created(wish), clock.now().plus(creating));
          made.password = password.reveal();
          clusters.put(made.id.value(), made);
        });
  }

  private static ClusterSettings created(CreateCluster wish) {
    ClusterSettings to = wish.settings();
    var maintenance = to.maintenance();
    return new ClusterSettings(
        to.engine(),
        to.engineVersion(),
        to.masterUsername(),
        to.databaseName(),
        new NetworkSettings(
            to.network().subnetGroup().or(() -> Optional.of("default")),
            Optional.empty(),
            securityGroups(to),
            to.network().port().or(() -> Optional.of(new Port(to.engine().defaultPort()))),
            Optional.empty()),
        new HardwareSettings(Optional.empty(), 0, to.hardware().serverless()),
        new MaintenanceSettings(
            maintenance.backupRetentionDays().or(() -> Optional.of(1)),
            maintenance.backupWindow().or(() -> Optional.of(new DailyWindow("11:11-11:41"))),
            maintenance
                .maintenanceWindow()
                .or(() -> Optional.of(new WeeklyWindow("tue:05:00-tue:05:30"))),
            Optional.empty(),
            maintenance.deletionProtection().or(() -> Optional.of(false)),
            maintenance.copyTagsToSnapshots().or(() -> Optional.of(false))),
        parameters(to),
        to.storage(),
        access(to),
        wish.tags());
  }

  @Override
  public void createInstance(CreateInstance wish) {
    change(
        "create instance " + wish.instance(),
        () -> {
          Cluster cluster = existing(wish.cluster());
          if (instances.containsKey(wish.instance().value())) {
            throw fault("DBInstanceAlreadyExists", "DB instance already exists");
          }
          if (!earlyInstances && !status(cluster).equals("available")) {
            throw fault("InvalidDBClusterStateFault", "The DB cluster is not available");
          }
          if (!readers
              && instances.values().stream().anyMatch(each -> each.cluster.equals(cluster.id))) {
            throw fault("InvalidParameterCombination", "There are no readers here");
          }
          Instant storage = cluster.readyAt.isAfter(clock.now()) ? cluster.readyAt : clock.now();
          instances.put(
              wish.instance().value(),
              new Instance(
                  wish.cluster(),
                  wish.instance(),
                  instanceDefaults(wish.settings()),
                  storage.plus(creating),
                  wish.tags()));
        });
  }

  private static ClusterSettings instanceDefaults(ClusterSettings wish) {
    var network = wish.network();
    var maintenance = wish.maintenance();
    return new ClusterSettings(
        wish.engine(),
        wish.engineVersion(),
        wish.masterUsername(),
        wish.databaseName(),
        new NetworkSettings(
            network.subnetGroup(),
            network.subnetIds(),
            network.securityGroups(),
            network.port(),
            network.publiclyAccessible().or(() -> Optional.of(false))),
        wish.hardware(),
        new MaintenanceSettings(
            maintenance.backupRetentionDays(),
            maintenance.backupWindow(),
            maintenance
                .maintenanceWindow()
                .or(() -> Optional.of(new WeeklyWindow("wed:06:00-wed:06:30"))),
            maintenance.autoMinorVersionUpgrade().or(() -> Optional.of(true)),
            maintenance.deletionProtection(),
            maintenance.copyTagsToSnapshots()),
        new ParameterSettings(
            wish.parameters().clusterGroup(),
            wish.parameters().instanceGroup().or(() -> Optional.of("default." + wish.engine()))),
        wish.storage(),
        wish.access(),
        wish.tags());
  }

  @Override
  public void modify(ModifyCluster wish, Optional<Secret> password) {
    String fields = wish.fields().toString() + password.map(secret -> " and password").orElse("");
    change(
        "modify " + wish.cluster() + " " + fields,
        () -> {
          Cluster cluster = existing(wish.cluster());
          if (!status(cluster).equals("available")) {
            throw fault("InvalidDBClusterStateFault", "The DB cluster is " + status(cluster));
          }
          ClusterSettings result =
              changed(
                  cluster.work.map(Work::result).orElse(cluster.settings),
                  wish.fields(),
                  wish.to());
          String status = password.isPresent() ? "resetting-master-credentials" : "modifying";
          Work work = work(status, wish.fields(), result);
          cluster.work = Optional.of(work);
          password.ifPresent(secret -> {
            if (passwordsToLose > 0) {
              passwordsToLose--;
              return;
            }
            cluster.newPassword = secret.reveal();
            cluster.passwordAt = work.until().plus(passwordDelay);
          });
          if (wish.fields().contains(SettingField.CLUSTER_PARAMETER_GROUP)) {
            instances.values().stream()
                .filter(each -> each.cluster.equals(cluster.id))
                .forEach(each -> each.outOfSync = true);
          }
        });
  }

  @Override
  public void modifyInstance(ModifyInstance wish) {
    change(
        "modify instance " + wish.instance() + " " + wish.fields(),
        () -> {
          Instance instance = available(wish.instance());
          ClusterSettings before = instance.work.map(Work::result).orElse(instance.settings);
          var after = changed(before, wish.fields(), wish.to());
          instance.work = Optional.of(work("modifying", wish.fields(), after));
          instance.outOfSync |= wish.fields().contains(SettingField.INSTANCE_PARAMETER_GROUP);
        });
  }

  private static ClusterSettings changed(
      ClusterSettings settings, Set<SettingField> fields, ClusterSettings to) {
    for (SettingField field : fields) {
      settings = FakeSettings.set(settings, field, to);
    }
    return settings;
  }

  private Instance available(ClusterId id) {
    Instance instance = instances.get(id.value());
    if (!status(instance).equals("available")) {
      throw fault("InvalidDBInstanceState", "DB instance " + id + " is " + status(instance));
    }
    return instance;
  }

  @Override
  public void rebootInstance(ClusterId instance) {
    change(
        "reboot instance " + instance,
        () -> {
          Instance found = available(instance);
          ClusterSettings settings = found.work.map(Work::result).orElse(found.settings);
          found.work = Optional.of(work("rebooting", Set.of(), settings));
        });
  }

  @Override
  public void deleteInstance(ClusterId instance) {
    change("delete instance " + instance, () -> instances.remove(instance.value()));
  }

  @Override
  public void createSubnetGroup(String name, String description, SubnetIds subnets, Tags tags) {
    change(
        "create subnet group " + name,
        () -> {
          if (subnetGroups.containsKey(name)) {
            throw fault("DBSubnetGroupAlreadyExists", "The DB subnet group already exists");
          }
          subnetGroups.put(name, group(name, subnets, tags));
        });
  }

  @Override
  public void modifySubnetGroup(String name, SubnetIds subnets) {
    change(
        "modify subnet group " + name,
        () -> subnetGroups.put(name, group(name, subnets, subnetGroups.get(name).tags())));
  }

  private static FoundSubnetGroup group(String name, SubnetIds subnets, Tags tags) {
    var zones = new TreeMap<SubnetId, String>(Comparator.comparing(SubnetId::value));
    for (SubnetId subnet : subnets.ids()) {
      zones.put(subnet, "us-east-1" + (char) ('a' + zones.size()));
    }
    return new FoundSubnetGroup(name, ARN + "subgrp:" + name, "vpc-1", zones, tags);
  }

  @Override
  public void tag(String arn, Tags tags) {
    String name = arn.substring(arn.lastIndexOf(':') + 1);
    change(
        "tag " + name + " " + tags.values().keySet(),
        () -> {
          if (arn.contains(":cluster:")) {
            Cluster cluster = existing(new ClusterId(name));
            cluster.change(settings -> FakeSettings.tagged(settings, tags));
            if (deletingTheSealed && Seal.in(cluster.settings.tags()).isPresent()) {
              clusters.remove(name);
              instances.values().removeIf(each -> each.cluster.equals(cluster.id));
            }
          } else {
            instances.computeIfPresent(
                name,
                (key, instance) -> {
                  instance.tags = instance.tags.with(tags);
                  return instance;
                });
          }
        });
  }

  private synchronized void change(String what, Runnable change) {
    refuseTheDead();
    misbehave(what);
    progress();
    boolean lastBreath = changes.size() + 1 == dieAt;
    if (lastBreath && !changeBeforeDying) {
      dieAt = 0;
      throw new Crash();
    }
    change.run();
    changes.add(what);
    if (lastBreath) {
      dieAt = 0;
      throw new Crash();
    }
  }

  private void refuseTheDead() {
    if (dieAt == 0) {
      throw new Crash();
    }
  }

  private Cluster existing(ClusterId id) {
    return Optional.ofNullable(clusters.get(id.value()))
        .orElseThrow(() -> fault("DBClusterNotFoundFault", "DBCluster " + id + " not found."));
  }

  private void refuseExisting(ClusterId id) {
    if (clusters.containsKey(id.value())) {
      throw fault("DBClusterAlreadyExistsFault", "DB cluster already exists");
    }
  }

  private static AwsException fault(String code, String message) {
    return new AwsException(
        "Could not do it",
        ErrorTable.meaning(code),
        code,
        message + " (" + code + ")",
        ErrorTable.advice(code, message),
        null);
  }
}
