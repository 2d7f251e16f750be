package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A cluster, whose changes take their time.
final class FakeCluster {
  Optional<FakeWork> work = Optional.empty();
  Set<SettingField> deferred = Set.of();
  final ClusterId id;
  ClusterSettings settings;
  Instant readyAt;
  Optional<String> forcedStatus = Optional.empty();
  Instant forcedUntil = Instant.MAX;
  String password = "";
  String newPassword = "";
  Instant passwordAt = Instant.MIN;

  FakeCluster(ClusterId id, ClusterSettings settings, Instant readyAt) {
    this.id = id;
    this.settings = settings;
    this.readyAt = readyAt;
  }

  void change(UnaryOperator<ClusterSettings> change) {
    settings = change.apply(settings);
    work = work.map(each -> each.with(change));
  }
}
