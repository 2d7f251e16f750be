package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Clusters as lines of a tree: each clone below the cluster that it was made from.
final class CloneTree {

  private final List<ClusterReport> clusters;
  private final List<String> lines = new ArrayList<>();

  private CloneTree(List<ClusterReport> clusters) {
    this.clusters = clusters;
  }

  static List<String> of(List<ClusterReport> clusters) {
    var tree = new CloneTree(clusters);
    // A clone whose source is gone stands for itself.
    clusters.stream()
        .filter(each -> clusters.stream().noneMatch(other -> isCloneOf(other, each)))
        .forEach(root -> tree.add(root, "", ""));
    return tree.lines;
  }

  private void add(ClusterReport cluster, String before, String below) {
    lines.add(before + line(cluster));
    reasons(cluster).forEach(reason -> lines.add(below + "    " + reason));
    var clones = clusters.stream().filter(each -> isCloneOf(cluster, each)).toList();
    for (var clone : clones) {
      var last = clone == clones.getLast();
      add(clone, below + (last ? "└─ " : "├─ "), below + (last ? "   " : "│  "));
    }
  }

  /// A cluster and a plain instance may have the same name.
  private static boolean isCloneOf(ClusterReport source, ClusterReport clone) {
    return source.id().equals(clone.cloneOf()) && source.plain() == clone.plain();
  }

  private static String line(ClusterReport cluster) {
    return "%s  %s  %s:%d  %s %s  [%s]%s"
        .formatted(
            cluster.id(),
            cluster.status(),
            cluster.endpoint(),
            cluster.port(),
            engine(cluster),
            version(cluster),
            instances(cluster),
            size(cluster));
  }

  private static String engine(ClusterReport cluster) {
    return switch (cluster.engine()) {
      case "aurora-mysql" -> "Aurora MySQL";
      case "mysql" -> "MySQL";
      case "mariadb" -> "MariaDB";
      default -> "PostgreSQL";
    };
  }

  /// With the server where another one stands behind the engine.
  private static String version(ClusterReport cluster) {
    var said = cluster.engine().contains("mysql");
    return cluster.engineVersion() + (said ? " (%s)".formatted(cluster.server()) : "");
  }

  private static String instances(ClusterReport cluster) {
    if (cluster.plain()) {
      return "instance"
          + cluster.instances().stream()
              .map(each -> " " + each.status())
              .filter(each -> !each.equals(" " + cluster.status()))
              .collect(Collectors.joining());
    }
    var instances =
        cluster.instances().stream()
            .map(instance -> instance(instance, cluster.port()))
            .collect(Collectors.joining("; "));
    return instances.isEmpty() ? "no instance" : instances;
  }

  private static String instance(ClusterReport.InstanceReport instance, int port) {
    return instance.writer()
        ? instance.id() + " " + instance.status()
        : "%s %s, reader %s:%d"
            .formatted(instance.id(), instance.status(), instance.endpoint(), port);
  }

  private static String size(ClusterReport cluster) {
    return cluster.bytes() == null
        ? ""
        : "  %s own, %s shared%s%s"
            .formatted(
                Sizes.of(cluster.bytes().exclusive()),
                Sizes.of(cluster.bytes().shared()),
                history(cluster.history()),
                backups(cluster.backups()));
  }

  private static String history(ClusterReport.HistoryReport history) {
    return history == null
        ? ""
        : ", %s of history since %s".formatted(Sizes.of(history.bytes()), toTheSecond(history));
  }

  private static String backups(ClusterReport.BackupReport backups) {
    return backups == null
        ? ""
        : ", %s in %d automated snapshot%s"
            .formatted(Sizes.of(backups.bytes()), backups.count(), backups.count() == 1 ? "" : "s");
  }

  private static String toTheSecond(ClusterReport.HistoryReport history) {
    return Instant.parse(history.since()).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static List<String> reasons(ClusterReport cluster) {
    return Stream.concat(
            Stream.ofNullable(cluster.message()),
            cluster.instances().stream()
                .filter(instance -> Objects.nonNull(instance.message()))
                .map(instance -> instance.id() + ": " + instance.message()))
        .toList();
  }
}
