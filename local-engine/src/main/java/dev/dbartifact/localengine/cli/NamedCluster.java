package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Finds the cluster that a command names, or the plain instance; the cluster where both have the
/// name.
final class NamedCluster {

  private static final Set<String> ANSWERING = Set.of("available", ClusterReport.PAUSED);

  private NamedCluster() {}

  /// A cluster of the running engine, with its server.
  static ClusterReport running(EngineDirectory directory, String name) throws IOException {
    var clusters = RunningEngine.require(directory).report().clusters();
    var found = clusters.stream().filter(each -> each.id().equals(lower(name))).findFirst();
    if (found.isEmpty()) {
      throw unknown(name, clusters.stream().map(ClusterReport::id).toList());
    }
    if (found.get().instances().stream().noneMatch(each -> ANSWERING.contains(each.status()))) {
      throw new IOException(
          "Cluster '%s' has no server that answers: it is %s, %s. More is said by: %s"
              .formatted(
                  found.get().id(),
                  found.get().status(),
                  instances(found.get()),
                  directory.commandLine("status")));
    }
    return found.get();
  }

  private static String instances(ClusterReport cluster) {
    return cluster.instances().isEmpty()
        ? "and has no instance"
        : cluster.instances().stream()
            .map(each -> each.id() + " " + each.status())
            .collect(Collectors.joining(", "));
  }

  /// The volume of a cluster, whether the engine runs or not.
  static String remembered(EngineDirectory directory, String name) throws IOException {
    var volumes = LocalRds.volumes(directory.memory());
    if (!volumes.containsKey(lower(name))) {
      throw unknown(name, volumes.keySet());
    }
    return volumes.get(lower(name));
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static IOException unknown(String name, Collection<String> known) {
    return new IOException(
        "There is no cluster '%s'; there %s."
            .formatted(
                name, known.isEmpty() ? "is none at all" : "are " + String.join(", ", known)));
  }
}
