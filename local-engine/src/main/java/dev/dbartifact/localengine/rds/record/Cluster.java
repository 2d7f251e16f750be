package dev.dbartifact.localengine.rds.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.ClusterPendingModifiedValues;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// What the engine remembers of a cluster: of a DB cluster, or of what a plain instance has of one,
/// its storage and the settings that belong to that. A plain instance is the only instance of a
/// cluster of its own, which has its name and its ARN, and which no action on clusters shows.
///
/// @param storage the volume; stays the same when the cluster is renamed
/// @param address the loopback address that belongs to the cluster alone, and leads to its writer
/// @param readerAddress the one that leads to its readers; null where there can be none
/// @param writer the resource id of the instance that writes; null while there was no choice
/// @param cloneOf the volume it is made from, null when it was made empty
/// @param cloneKind how it is made from it, null when it was made empty
/// @param restoreTo the time of the source that it is made from, as [Instant] writes it; null when
///   it is made from the present, or empty
/// @param pendingVerifier of a master password that its server must still learn, so that a restart
///   can finish that; null where there is none
/// @param upgrade to another major version, which waits or is under way; null where there is none
/// @param settings as described, without what is derived from its instances
public record Cluster(
    String storage,
    String address,
    String readerAddress,
    String writer,
    String cloneOf,
    CloneKind cloneKind,
    String restoreTo,
    String pendingVerifier,
    MajorUpgrade upgrade,
    DBCluster settings) {

  /// The state of a secret that holds the password.
  public static final String SECRET_ACTIVE = "active";

  /// See ServerlessV2ScalingConfiguration in the API Reference.
  public static final int USUAL_SECONDS_UNTIL_PAUSE = 300;

  private static final ClusterPendingModifiedValues NOTHING =
      ClusterPendingModifiedValues.builder().build();

  public Cluster {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(settings, "settings");
    if (restoreTo != null) {
      Instant.parse(restoreTo);
    }
  }

  @JsonIgnore
  public String id() {
    return settings.dbClusterIdentifier();
  }

  /// Whether it belongs to a plain instance, and is no DB cluster.
  @JsonIgnore
  public boolean isPlain() {
    return !Engine.of(settings.engine()).isAurora();
  }

  /// The volume that it follows; empty unless it belongs to a read replica. The SDK's field has the
  /// names of DB clusters, of which a plain instance is none.
  @JsonIgnore
  public Optional<StorageId> replicates() {
    return Optional.ofNullable(settings.replicationSourceIdentifier()).map(StorageId::new);
  }

  /// Whether its servers may come to be paused, so that the engine stands between them and their
  /// clients: its capacity may be nothing.
  public boolean mayPause() {
    var capacity = settings.serverlessV2ScalingConfiguration();
    return capacity != null && capacity.minCapacity() != null && capacity.minCapacity() == 0;
  }

  /// How long nobody has been connected when one that may pause does. Engines have not always
  /// remembered the default.
  public Duration idleUntilPause() {
    var chosen = settings.serverlessV2ScalingConfiguration().secondsUntilAutoPause();
    return Duration.ofSeconds(chosen == null ? USUAL_SECONDS_UNTIL_PAUSE : chosen);
  }

  /// The volumes that work on it needs.
  @JsonIgnore
  public List<StorageId> volumes() {
    return Stream.concat(replicates().stream(), Stream.of(storageId())).toList();
  }

  /// What people call it.
  @JsonIgnore
  public String noun() {
    return isPlain() ? "instance" : "cluster";
  }

  @JsonIgnore
  public String status() {
    return settings.status();
  }

  @JsonIgnore
  public boolean is(String status) {
    return status.equals(settings.status());
  }

  @JsonIgnore
  public StorageId storageId() {
    return new StorageId(storage);
  }

  /// Whether RDS keeps its master password as a secret.
  public boolean hasManagedPassword() {
    return settings.masterUserSecret() != null;
  }

  /// With its secret, which it has, in this state.
  public Cluster withSecret(String status) {
    var secret = settings.masterUserSecret().copy(to -> to.secretStatus(status));
    return with(builder -> builder.masterUserSecret(secret));
  }

  /// With its secret, if it has one, as that of a cluster that takes logins.
  public Cluster withActiveSecret() {
    return hasManagedPassword() ? withSecret(SECRET_ACTIVE) : this;
  }

  public Cluster with(UnaryOperator<DBCluster.Builder> change) {
    return describedBy(change.apply(settings.toBuilder()).build());
  }

  public Cluster describedBy(DBCluster changed) {
    return with(writer, pendingVerifier, upgrade, changed);
  }

  public Cluster writtenBy(Instance instance) {
    return with(instance.resourceId(), pendingVerifier, upgrade, settings);
  }

  /// All else lasts as long as it does.
  private Cluster with(String writer, String verifier, MajorUpgrade upgrade, DBCluster settings) {
    return new Cluster(
        storage,
        address,
        readerAddress,
        writer,
        cloneOf,
        cloneKind,
        restoreTo,
        verifier,
        upgrade,
        settings);
  }

  /// With a master password that its server must still learn, or null.
  public Cluster awaiting(String verifier) {
    return with(writer, verifier, upgrade, settings);
  }

  /// With another major version that it is to have, or null.
  public Cluster upgradingTo(MajorUpgrade wanted) {
    return with(writer, pendingVerifier, wanted, settings);
  }

  /// Once it is decided what has come of its upgrade to another major version: nothing waits then.
  public Cluster withoutUpgrade() {
    if (upgrade == null) {
      return this;
    }
    var pending = settings.pendingModifiedValues();
    var left = pending == null ? NOTHING : pending.copy(to -> to.engineVersion(null));
    return upgradingTo(null)
        .with(to -> to.pendingModifiedValues(left.equals(NOTHING) ? null : left));
  }

  /// Whether it is being brought to another major version, and its volume is not known to have that
  /// yet. That an upgrade has failed is not seen here.
  @JsonIgnore
  public boolean isBeforeItsUpgrade() {
    return is(Status.UPGRADING)
        && upgrade != null
        && !upgrade.engineVersion().equals(settings.engineVersion());
  }

  /// As it was made from its source at that time.
  public Cluster restoredTo(Instant time) {
    return new Cluster(
        storage,
        address,
        readerAddress,
        writer,
        cloneOf,
        cloneKind,
        time.toString(),
        pendingVerifier,
        upgrade,
        settings);
  }
}
