package dev.dbartifact.artifact;

import java.util.Optional;

/// Everything an artifact knows: what it copies, what the copy must look like, and which changelog
/// it carries. Its JSON form is read and written by [MetadataJson].
///
/// @param formatVersion the format it is written in
/// @param name what the artifact is called
/// @param source the cluster it copies
/// @param targetId the identifier of every copy, if the operator chose one
/// @param target what a copy must look like; nothing in it says "as the source" any more
/// @param changelog the changelog of its schema, if it has one
/// @param builderVersion the version of the builder that made it
public record ArtifactMetadata(
    FormatVersion formatVersion,
    ArtifactName name,
    SourceCluster source,
    Optional<ClusterId> targetId,
    ClusterSettings target,
    Optional<Changelog> changelog,
    String builderVersion) {
  public ArtifactMetadata {
    if (targetId.filter(source.id()::equals).isPresent()) {
      throw new IllegalArgumentException(
          "the target '" + source.id() + "' is the source itself, which an artifact never touches");
    }
  }
}
