package dev.dbartifact.rds;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ArtifactName;
import dev.dbartifact.artifact.ClusterId;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Says which clusters may be changed: never the source of an artifact, and only those that carry
/// its tag or that it has made itself in this run.
final class TargetGuard {
  private final ClusterId source;
  private final String sourceArn;
  private final ArtifactName artifact;
  private final Set<ClusterId> admitted = ConcurrentHashMap.newKeySet();

  TargetGuard(ArtifactMetadata artifact) {
    this.source = artifact.source().id();
    this.sourceArn = artifact.source().arn();
    this.artifact = artifact.name();
  }

  void refuseSource(String tried, ClusterId target) {
    if (target.equals(source)) {
      throw AwsException.refusing(
          tried,
          ErrorMeaning.REFUSED,
          "'" + target + "' is the source of the artifact, which is never touched",
          "Choose another target with --cluster_id.");
    }
  }

  /// @param group the own DB subnet group of `target`
  void check(String tried, ClusterId target, FoundSubnetGroup group) {
    refuseSource(tried, target);
    if (!Ownership.of(group, artifact)) {
      throw AwsException.refusing(
          tried,
          ErrorMeaning.REFUSED,
          "it was not made by artifact '" + artifact + "'",
          "Choose another target with --cluster_id.");
    }
  }

  /// Notes that a cluster has just been made by us.
  void admit(ClusterId target) {
    admitted.add(target);
  }

  /// @param read how the cluster is, asked only when it is not known to be ours yet
  void check(String tried, ClusterId target, Supplier<FoundCluster> read) {
    refuseSource(tried, target);
    if (admitted.contains(target)) {
      return;
    }
    FoundCluster found = read.get();
    if (found.arn().equals(sourceArn) || !Ownership.of(found, artifact)) {
      throw AwsException.refusing(
          tried,
          ErrorMeaning.REFUSED,
          "cluster '" + target + "' was not made by artifact '" + artifact + "'",
          "Choose another target with --cluster_id.");
    }
    admit(target);
  }
}
