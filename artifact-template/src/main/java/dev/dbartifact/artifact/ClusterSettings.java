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
}
