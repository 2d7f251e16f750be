package dev.dbartifact.artifact;

/// Where things lie in the image of every artifact.
public final class ArtifactLayout {
  /// The metadata, in the form of [MetadataJson].
  public static final String METADATA = "/artifact/metadata.json";

  /// The folder that the changelog and everything it includes lie in.
  public static final String CHANGELOG_ROOT = "/artifact/changelog";

  /// The reference that a builder gives an artifact, and that a converge runs, when none is named.
  public static final String DEFAULT_IMAGE = "db-artifact";

  private ArtifactLayout() {}
}
