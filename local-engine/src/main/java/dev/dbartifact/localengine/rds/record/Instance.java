package dev.dbartifact.localengine.rds.record;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.dbartifact.localengine.rds.engine.Certification;
import dev.dbartifact.localengine.server.StorageId;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBParameterGroupStatus;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// What the engine remembers of an instance.
///
/// @param storage the volume of the cluster that it serves
/// @param address the loopback address that belongs to the instance alone
/// @param applied the parameters that its server has, which may lag behind its groups
/// @param clusterParameterStatus how far the server is behind the cluster's parameter group
/// @param settings as described, without what its cluster says
public record Instance(
    String storage,
    String address,
    Map<String, String> applied,
    String clusterParameterStatus,
    DBInstance settings) {

  public Instance {
    Objects.requireNonNull(storage, "storage");
    Objects.requireNonNull(settings, "settings");
    applied = applied == null ? Map.of() : Map.copyOf(applied);
    clusterParameterStatus =
        clusterParameterStatus == null ? ApplyStatus.IN_SYNC : clusterParameterStatus;
  }

  public static Instance fresh(String storage, String address, DBInstance settings) {
    return new Instance(storage, address, Map.of(), ApplyStatus.IN_SYNC, settings);
  }

  @JsonIgnore
  public String id() {
    return settings.dbInstanceIdentifier();
  }

  @JsonIgnore
  public String resourceId() {
    return settings.dbiResourceId();
  }

  /// The volume that the instance has while it reads.
  @JsonIgnore
  public StorageId readerVolume() {
    return new StorageId(resourceId().toLowerCase(Locale.ROOT));
  }

  /// Where it answers.
  public String addressIn(Cluster cluster) {
    return address == null ? cluster.address() : address;
  }

  @JsonIgnore
  public boolean is(String status) {
    return status.equals(settings.dbInstanceStatus());
  }

  /// Whether its server answers, whatever else goes on.
  @JsonIgnore
  public boolean serves() {
    return is(Status.AVAILABLE) || Status.CHANGING.contains(settings.dbInstanceStatus());
  }

  /// Whether it is described as the other one is, but for what waits.
  public boolean equalsButPending(Instance other) {
    return withoutPending().equals(other.withoutPending());
  }

  private DBInstance withoutPending() {
    var none = (PendingModifiedValues) null;
    return settings.copy(to -> to.pendingModifiedValues(none));
  }

  public Instance with(UnaryOperator<DBInstance.Builder> change) {
    return describedBy(change.apply(settings.toBuilder()).build());
  }

  public Instance describedBy(DBInstance changed) {
    return new Instance(storage, address, applied, clusterParameterStatus, changed);
  }

  public Instance applying(Map<String, String> parameters) {
    return new Instance(storage, address, parameters, clusterParameterStatus, settings);
  }

  /// With a certificate that lasts for some time from now on.
  public Instance certified(Instant now) {
    var details = Certification.renewed(settings.certificateDetails(), now);
    return details.equals(settings.certificateDetails())
        ? this
        : with(builder -> builder.certificateDetails(details));
  }

  public Instance clusterParameters(String status) {
    return new Instance(storage, address, applied, status, settings);
  }

  public Instance ownParameters(String status) {
    var groups =
        settings.dbParameterGroups().stream()
            .map(group -> group.copy(builder -> builder.parameterApplyStatus(status)))
            .toList();
    return with(builder -> builder.dbParameterGroups(groups));
  }

  /// A parameter group as the settings of an instance name it.
  ///
  /// @param status how far the server has what it says
  public static DBParameterGroupStatus group(String name, String status) {
    return DBParameterGroupStatus.builder()
        .dbParameterGroupName(name)
        .parameterApplyStatus(status)
        .build();
  }

  /// With everything applied that its groups say.
  public Instance inSync() {
    return clusterParameters(ApplyStatus.IN_SYNC).ownParameters(ApplyStatus.IN_SYNC);
  }
}
