package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;
import java.time.Instant;
import java.util.Optional;

/// An instance of a cluster, whose changes take their time.
final class FakeInstance {
  final ClusterId cluster;
  final ClusterId id;
  ClusterSettings settings;
  final Instant readyAt;
  Tags tags;
  Optional<FakeWork> work = Optional.empty();
  boolean outOfSync;

  FakeInstance(
      ClusterId cluster, ClusterId id, ClusterSettings settings, Instant readyAt, Tags tags) {
    this.cluster = cluster;
    this.id = id;
    this.settings = settings;
    this.readyAt = readyAt;
    this.tags = tags;
  }
}
