package dev.dbartifact.localengine.rds.compute;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Members;
import dev.dbartifact.localengine.server.Topology;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What servers tell of their clusters. Pure, but for looking up who the members are.
record Topologies(Members members) {

  /// What the server of this instance is to tell; empty where it does not have the functions of
  /// Aurora. It tells of the writer, of readers that serve, and of itself.
  Optional<Topology> of(Cluster cluster, Instance instance) {
    if (!Engine.of(cluster.settings().engine()).hasAuroraFunctions()) {
      return Optional.empty();
    }
    var all = members.of(cluster);
    var told =
        all.stream()
            .filter(each -> isWriter(each, all) || each.serves() || isSame(each, instance))
            .map(each -> member(each, isWriter(each, all)))
            .toList();
    return Optional.of(new Topology(version(cluster), instance.id(), told));
  }

  private static boolean isWriter(Instance instance, List<Instance> all) {
    return isSame(instance, all.getFirst());
  }

  private static boolean isSame(Instance one, Instance other) {
    return one.resourceId().equals(other.resourceId());
  }

  private static Topology.Member member(Instance instance, boolean writer) {
    return writer
        ? Topology.Member.writer(instance.id())
        : Topology.Member.reader(instance.id(), session(instance), instance.readerVolume());
  }

  private static String session(Instance instance) {
    return UUID.nameUUIDFromBytes(instance.resourceId().getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  /// Aurora's versions are those of PostgreSQL and a patch: see "aurora_version" in the Aurora User
  /// Guide. There are no patches here.
  private static String version(Cluster cluster) {
    return cluster.settings().engineVersion() + ".0";
  }
}
