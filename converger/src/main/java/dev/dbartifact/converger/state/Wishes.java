package dev.dbartifact.converger.state;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.SubnetIds;
import dev.dbartifact.converger.options.ConvergeOptions;
import dev.dbartifact.converger.options.Mode;
import dev.dbartifact.rds.OwnTags;
import java.time.Instant;
import java.util.Optional;

/// Joins what an artifact says and what a user asks for.
public final class Wishes {
  private final ArtifactMetadata metadata;
  private final ConvergeOptions options;

  /// @throws InvalidInputException when the two do not go together
  public Wishes(ArtifactMetadata metadata, ConvergeOptions options) throws InvalidInputException {
    this.metadata = metadata;
    this.options = options;
    check();
  }

  private void check() throws InvalidInputException {
    var problems = new Problems();
    if (instanceClass(metadata).isEmpty()) {
      problems.add(
          "$.target.hardware.instanceClass",
          "is missing; set instance_type in the artifact's configuration and build it again");
    }
    if (metadata.target().tags().values().size() > OwnTags.roomForOthers()) {
      problems.add(
          "$.target.tags",
          "has more than "
              + OwnTags.roomForOthers()
              + " tags, which leaves no room for the artifact's own");
    }
    metadata.target().tags().values().keySet().stream()
        .filter(OwnTags::isOwn)
        .forEach(key ->
            problems.add(
                "$.target.tags['" + key + "']",
                "has a prefix that only a converger writes; leave it out of tags in the artifact's"
                    + " configuration and build it again"));
    if (options.mode() == Mode.CREATE) {
      checkCreate(problems);
    } else {
      checkClone(problems);
    }
    problems.throwIfAny("Could not " + options.mode() + " what the artifact describes");
  }

  private void checkCreate(Problems problems) {
    if (username().isEmpty()) {
      problems.add("--db_username", "is missing; the artifact does not name a master user");
    }
    if (metadata.changelog().isEmpty()) {
      problems.add(
          "$.changelog",
          "is missing, so that a created cluster would stay empty; set liquibase_changelog_path in"
              + " [liquibase] of the artifact's configuration and build it again, or use --mode"
              + " clone");
    }
    if (metadata.target().databaseName().isEmpty()) {
      problems.add(
          "$.target.databaseName",
          "is missing; set database_name in [target_db] of the artifact's configuration and build"
              + " it again");
    }
  }

  private void checkClone(Problems problems) {
    options
        .username()
        .filter(name -> !Optional.of(name).equals(username()))
        .ifPresent(name ->
            problems.add(
                "--db_username",
                "is "
                    + name
                    + ", but a clone has the master user of its source"
                    + username().map(theirs -> ", " + theirs).orElse("")
                    + "; leave it out, or use --mode create"));
    options
        .aws()
        .region()
        .filter(region -> !region.equals(metadata.source().region()))
        .ifPresent(region ->
            problems.add(
                "--region",
                "is "
                    + region
                    + ", but a clone can only be made where its source is: "
                    + metadata.source().region()));
  }

  /// The identifier that the user or the operator chose.
  public Optional<ClusterId> chosenTarget() {
    return options.clusterId().or(metadata::targetId);
  }

  public boolean hasOwnSubnetGroup() {
    return ownSubnets().isPresent();
  }

  /// @param owner for the tags of a new cluster
  public DesiredState desired(ClusterId target, String owner, Instant now) {
    return new DesiredState(
        metadata.name(),
        metadata.source(),
        target,
        options.mode(),
        settings(target),
        ownSubnets(),
        metadata.changelog().filter(changelog -> options.mode() == Mode.CREATE),
        options.contexts(),
        options.labels(),
        Fingerprint.of(metadata, options, target),
        owner,
        now,
        options.resetPassword(),
        options.allowed());
  }

  /// Explicit subnets become a group of the cluster's own.
  private Optional<SubnetIds> ownSubnets() {
    NetworkSettings network = metadata.target().network();
    return network.subnetIds().filter(subnets -> network.subnetGroup().isEmpty());
  }

  private ClusterSettings settings(ClusterId target) {
    ClusterSettings wish = metadata.target();
    NetworkSettings network = wish.network();
    HardwareSettings hardware = wish.hardware();
    return wish.withMasterUsername(username())
        .withNetwork(
            network.withSubnetGroup(
                network.subnetGroup().or(() -> ownSubnets().map(own -> target.value()))))
        .withHardware(
            new HardwareSettings(
                instanceClass(metadata),
                Math.max(1, hardware.instanceCount()),
                hardware.serverless()));
  }

  private Optional<MasterUsername> username() {
    return options.mode() == Mode.CLONE
        ? metadata.source().settings().masterUsername()
        : options
            .username()
            .or(() -> metadata.target().masterUsername())
            .or(() -> metadata.source().settings().masterUsername());
  }

  private static Optional<InstanceClass> instanceClass(ArtifactMetadata metadata) {
    return metadata
        .target()
        .hardware()
        .instanceClass()
        .or(() -> metadata.source().settings().hardware().instanceClass());
  }
}
