package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Tags;
import java.util.Optional;

/// What a copy must look like, as far as the operator says so.
///
/// @param clusterId the identifier of every copy; absent: named after source, mode and owner
/// @param databaseName the first database, which only a create makes
/// @param tags of every copy
public record TargetSpec(
    Optional<ClusterId> clusterId,
    Optional<DatabaseName> databaseName,
    NetworkSpec network,
    HardwareSpec hardware,
    MaintenanceSpec maintenance,
    EngineSpec engine,
    Wish<Tags> tags) {
  /// The settings of a copy of a source: nothing in them says "as the source" any more.
  public ClusterSettings resolve(ClusterSettings source) {
    return new ClusterSettings(
        source.engine(),
        source.engineVersion(),
        source.masterUsername(),
        databaseName,
        network.resolve(source.network()),
        hardware.resolve(source.hardware()),
        maintenance.resolve(source.maintenance()),
        engine.parameters(source.parameters()),
        engine.storage(source.storage()),
        engine.access(source.access()),
        tags.resolve(Optional.of(source.tags())).orElseGet(Tags::none));
  }
}
