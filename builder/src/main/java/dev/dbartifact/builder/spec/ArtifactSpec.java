package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ArtifactName;
import dev.dbartifact.artifact.Changelog;
import dev.dbartifact.artifact.FormatVersion;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.builder.image.BaseImage;
import java.util.Optional;

/// What an operator asks for.
///
/// @param name what the artifact is called; absent: as its source
/// @param source the cluster to copy, by identifier or ARN
/// @param changelog absent where only clones are wanted
/// @param base absent: the base archive that comes with the builder
public record ArtifactSpec(
    Optional<ArtifactName> name,
    String source,
    TargetSpec target,
    Optional<ChangelogSpec> changelog,
    Optional<BaseImage> base) {
  /// What the artifact will know, once its source has been inspected.
  ///
  /// @throws IllegalArgumentException if the target is the source itself
  public ArtifactMetadata metadata(
      SourceCluster inspected, Optional<Changelog> baked, String builderVersion) {
    return new ArtifactMetadata(
        FormatVersion.CURRENT,
        name.orElseGet(() -> new ArtifactName(inspected.id().value())),
        inspected,
        target.clusterId(),
        target.resolve(inspected.settings()),
        baked,
        builderVersion);
  }
}
