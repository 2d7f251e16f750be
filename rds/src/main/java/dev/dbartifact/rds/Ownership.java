package dev.dbartifact.rds;

import dev.dbartifact.artifact.ArtifactName;

/// Whether a cluster, or a DB subnet group, was made by an artifact.
public final class Ownership {
  private Ownership() {}

  /// True when the cluster carries the artifact's name and no seal of another cluster.
  public static boolean of(FoundCluster cluster, ArtifactName artifact) {
    boolean named = artifact.value().equals(cluster.tags().values().get(OwnTags.NAME));
    boolean foreignSeal =
        cluster.tags().values().containsKey(OwnTags.SEAL)
            && Seal.in(cluster.tags())
                .filter(seal -> seal.cluster().equals(cluster.id()))
                .isEmpty();
    return named && !foreignSeal;
  }

  /// True when the group carries the artifact's name. RDS copies no tags to groups.
  public static boolean of(FoundSubnetGroup group, ArtifactName artifact) {
    return artifact.value().equals(group.tags().values().get(OwnTags.NAME));
  }
}
