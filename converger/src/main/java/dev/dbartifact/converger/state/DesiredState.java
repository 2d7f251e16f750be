package dev.dbartifact.converger.state;

import dev.dbartifact.artifact.ArtifactName;
import dev.dbartifact.artifact.Changelog;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Digest;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.converger.options.Mode;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Seal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What the database should be.
///
/// @param settings of the target; the subnet group, the instance class and, in create mode, the
///   master user are always there
/// @param ownSubnets the subnets of a DB subnet group that the cluster has for itself
/// @param changelog what to migrate with; absent in clone mode
/// @param owner whose it is, for the tag of a new cluster
/// @param now for the tag of a new cluster
/// @param resetPassword whether the password is to be set in any case
/// @param allowed what may be done to those who use the database
public record DesiredState(
    ArtifactName artifact,
    SourceCluster source,
    ClusterId target,
    Mode mode,
    ClusterSettings settings,
    Optional<SubnetIds> ownSubnets,
    Optional<Changelog> changelog,
    String contexts,
    String labels,
    Digest fingerprint,
    String owner,
    Instant now,
    boolean resetPassword,
    Set<Hazard> allowed) {
  public DesiredState {
    allowed = Set.copyOf(allowed);
  }

  /// The tags of a cluster that is being made: the wanted ones, and ours without the seal.
  public Tags birthTags() {
    var own = new TreeMap<String, String>();
    own.put(OwnTags.NAME, artifact.value());
    own.put(OwnTags.MODE, mode.toString());
    own.put(OwnTags.OWNER, owner);
    own.put(OwnTags.STAGE, "new");
    own.put(OwnTags.CREATED_AT, now.truncatedTo(ChronoUnit.SECONDS).toString());
    own.put(OwnTags.FINGERPRINT, fingerprint.value());
    if (mode == Mode.CLONE) {
      own.put(OwnTags.SOURCE, source.arn());
    }
    return settings.tags().with(new Tags(own));
  }

  /// The tags that say it has converged.
  public Tags sealTags() {
    return Tags.of(
        Map.of(
            OwnTags.FINGERPRINT, fingerprint.value(),
            OwnTags.SEAL, new Seal(target, fingerprint).toString()));
  }

  /// The same when a password that was asked for has been set.
  public DesiredState afterwards() {
    return new DesiredState(
        artifact,
        source,
        target,
        mode,
        settings,
        ownSubnets,
        changelog,
        contexts,
        labels,
        fingerprint,
        owner,
        now,
        false,
        allowed);
  }
}
