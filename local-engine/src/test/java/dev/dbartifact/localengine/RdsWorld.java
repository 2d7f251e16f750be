package dev.dbartifact.localengine;

import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Everything that there is in a region of RDS, and what its servers were told, as one text.
final class RdsWorld {

  private static final String MANAGED = "password=[^ ,]{32}(?=,)";

  private static final Pattern ARN = Pattern.compile(">(arn:aws:rds:[^<]+)<");
  private static final List<String> LISTED =
      List.of(
          "DescribeDBClusters",
          "DescribeDBInstances",
          "DescribeDBClusterSnapshots",
          "DescribeDBSnapshots",
          "DescribeDBClusterEndpoints",
          "DescribeDBSubnetGroups",
          "DescribeDBClusterParameterGroups",
          "DescribeDBParameterGroups",
          "DescribeOptionGroups",
          "DescribeEventSubscriptions",
          "DescribeCertificates",
          "DescribeDBClusterParameters&Source=user&DBClusterParameterGroupName=mine",
          "DescribeDBParameters&Source=user&DBParameterGroupName=mine");

  private RdsWorld() {}

  /// When nothing is under way any more.
  static String of(PreparedRds rds) {
    rds.awaitRest();
    var world = new StringBuilder();
    for (var each : LISTED) {
      world.append(rds.post("Action=" + each).body()).append('\n');
    }
    ARN.matcher(world.toString())
        .results()
        .map(match -> rds.post("Action=ListTagsForResource&ResourceName=" + match.group(1)).body())
        .forEach(world::append);
    append(rds.host.volumes.values().stream(), world);
    append(rds.host.parameters.values().stream().map(TreeMap::new), world);
    return world.toString();
  }

  /// In an order that nothing random decides.
  private static void append(Stream<?> values, StringBuilder world) {
    values
        .map(each -> PreparedRds.mask(each.toString()).replaceAll(MANAGED, "password=MANAGED"))
        .sorted()
        .forEach(world::append);
  }
}
