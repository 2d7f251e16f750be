package dev.dbartifact.artifact;

import java.util.Objects;
import java.util.Optional;

/// What can be chosen and compared about a cluster. A source as inspected, a target as wanted and a
/// target as found are all of this shape; in a wanted one an absent value means "no wish", so that
/// it never makes a difference.
///
/// @param engine the database engine
/// @param engineVersion its version
/// @param masterUsername the master user; that of a clone follows its source
/// @param databaseName the first database, made by a create and only told of a source
public record ClusterSettings(
    Engine engine,
    Optional<EngineVersion> engineVersion,
    Optional<MasterUsername> masterUsername,
    Optional<DatabaseName> databaseName,
    NetworkSettings network,
    HardwareSettings hardware,
    MaintenanceSettings maintenance,
    ParameterSettings parameters,
    StorageSettings storage,
    AccessSettings access,
    Tags tags) {
  public ClusterSettings {
    Objects.requireNonNull(engine, "engine");
  }

  /// The same, with another master user.
  public ClusterSettings withMasterUsername(Optional<MasterUsername> other) {
    return new ClusterSettings(
        engine,
        engineVersion,
        other,
        databaseName,
        network,
        hardware,
        maintenance,
        parameters,
        storage,
        access,
        tags);
  }

  /// The same, elsewhere in the network.
  public ClusterSettings withNetwork(NetworkSettings other) {
    return new ClusterSettings(
        engine,
        engineVersion,
        masterUsername,
        databaseName,
        other,
        hardware,
        maintenance,
        parameters,
        storage,
        access,
        tags);
  }

  /// The same, on other hardware.
  public ClusterSettings withHardware(HardwareSettings other) {
    return new ClusterSettings(
        engine,
        engineVersion,
        masterUsername,
        databaseName,
        network,
        other,
        maintenance,
        parameters,
        storage,
        access,
        tags);
  }

  /// The same, with other tags in place of all.
  public ClusterSettings withTags(Tags other) {
    return new ClusterSettings(
        engine,
        engineVersion,
        masterUsername,
        databaseName,
        network,
        hardware,
        maintenance,
        parameters,
        storage,
        access,
        other);
  }
}
