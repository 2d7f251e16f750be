package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ArtifactName;
import dev.dbartifact.artifact.Changelog;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.FormatVersion;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.rds.OwnTags;
import java.util.Optional;

/// What an operator asks for.
///
/// @param name what the artifact is called; absent: as its source
/// @param source the cluster to copy, by identifier or ARN
/// @param changelog absent where only clones are wanted
/// @param base absent: the base archive that comes with the builder
/// @param places for messages
public record ArtifactSpec(
    Optional<ArtifactName> name,
    String source,
    TargetSpec target,
    Optional<ChangelogSpec> changelog,
    Optional<BaseImage> base,
    Places places) {
  /// Finds what is asked for that a copy of this source cannot be.
  public void judge(SourceCluster inspected, Problems problems) {
    var source = inspected.settings();
    var hardware = target.hardware().resolve(source.hardware());
    if (hardware.instanceClass().filter(InstanceClass::isServerless).isPresent()
        && hardware.serverless().isEmpty()) {
      problems.add(
          places.instanceType(),
          "db.serverless needs a range, and the source has none to offer: set serverless, such as"
              + " 0.5-4");
    }
    if (target.engine().kmsKeyId() instanceof Wish.Exactly<String>
        && source.storage().encrypted().filter(encrypted -> !encrypted).isPresent()) {
      problems.add(
          places.kmsKeyId(),
          "the source is not encrypted, and RDS encrypts no copy of such a cluster; remove the"
              + " line");
    }
    judgeTags(source, problems);
    judgeWindows(source, problems);
  }

  /// Those of the source are what RDS took; only one that the operator has set can be in the way.
  private void judgeWindows(ClusterSettings source, Problems problems) {
    var wish = target.maintenance();
    if (wish.backupWindow() instanceof Wish.AsSource
        && wish.maintenanceWindow() instanceof Wish.AsSource) {
      return;
    }
    var backup = wish.backupWindow().resolve(source.maintenance().backupWindow());
    var maintenance = wish.maintenanceWindow().resolve(source.maintenance().maintenanceWindow());
    if (backup.isPresent()
        && maintenance.isPresent()
        && WeekMinutes.of(backup.get()).overlap(WeekMinutes.of(maintenance.get()))) {
      problems.add(
          places.window(),
          "backup window %s and maintenance window %s overlap, which RDS refuses; move one of them"
              .formatted(backup.get(), maintenance.get()));
    }
  }

  private void judgeTags(ClusterSettings source, Problems problems) {
    int found = target.resolve(source).tags().values().size();
    if (found > OwnTags.roomForOthers()) {
      problems.add(
          places.tags(),
          "a copy would have %d tags, and only %d leave room for those of the converger; name fewer"
              .formatted(found, OwnTags.roomForOthers()));
    }
  }

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
