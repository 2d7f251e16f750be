package dev.dbartifact.artifact;

import java.util.List;

/// The Liquibase changelog in an artifact.
///
/// @param path the root file, relative to [ArtifactLayout#CHANGELOG_ROOT], with `/` between folders
/// @param files how many files there are, the root included
/// @param digest over the paths and bytes of all of them, in the order of their paths
public record Changelog(String path, int files, Digest digest) {
  public Changelog {
    if (path.isBlank() || path.startsWith("/") || leadsUp(path)) {
      throw new IllegalArgumentException(
          "'" + path + "' is not a path inside the changelog folder");
    }
    Checks.within(1, files, Integer.MAX_VALUE, "the number of changelog files");
  }

  private static boolean leadsUp(String path) {
    return List.of(path.split("/")).contains("..");
  }
}
