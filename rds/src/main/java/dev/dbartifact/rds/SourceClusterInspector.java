package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.NetworkSettings;
import dev.dbartifact.artifact.SourceCluster;
import dev.dbartifact.artifact.SubnetId;
import dev.dbartifact.artifact.SubnetIds;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Reads a source cluster, and refuses one that cannot be copied. Changes nothing.
public final class SourceClusterInspector {
  private static final int MOST_NAMES = 10;

  private final ClusterApi api;
  private final String region;
  private final Supplier<String> callerArn;

  /// @param region the one that is asked
  /// @param callerArn who asks; wanted only when a source is named by its ARN
  SourceClusterInspector(ClusterApi api, String region, Supplier<String> callerArn) {
    this.api = api;
    this.region = region;
    this.callerArn = callerArn;
  }

  /// Reads everything that can be chosen about a cluster.
  ///
  /// @throws AwsException when it cannot be read, does not exist (the message lists the clusters of
  ///   the region), is not available, or has no instances, without which it cannot be cloned
  ///   ("Cloning a volume for an Aurora DB cluster")
  public SourceCluster inspect(ClusterId id) {
    return inspect(id.value());
  }

  /// As [#inspect(ClusterId)], by an identifier or an ARN.
  ///
  /// @throws AwsException also when the ARN is one of another region or account
  public SourceCluster inspect(String idOrArn) {
    if (idOrArn.startsWith("arn:")) {
      refuseElsewhere(idOrArn);
      refuseForeign(idOrArn);
    }
    FoundCluster found = api.cluster(idOrArn).orElseThrow(() -> notFound(idOrArn));
    refuseUnready(found);
    return new SourceCluster(
        found.id(), found.arn(), region(found.arn()), found.zones(), settings(found));
  }

  private void refuseElsewhere(String arn) {
    if (!region(arn).equals(region)) {
      throw AwsException.refusing(
          tried(arn),
          ErrorMeaning.NOT_FOUND,
          "it is in region " + region(arn) + ", and " + region + " was asked",
          "Set the region to " + region(arn) + ": --region, or AWS_REGION.");
    }
  }

  /// The owner of a shared cluster keeps its instances and its DB subnet group to itself, and lets
  /// an account make one clone only ("Cross-account cloning with AWS RAM and Amazon Aurora").
  private void refuseForeign(String arn) {
    String theirs = account(arn);
    String ours = account(callerArn.get());
    if (!theirs.equals(ours)) {
      throw AwsException.refusing(
          tried(arn),
          ErrorMeaning.REFUSED,
          "it belongs to account "
              + theirs
              + " and the caller to "
              + ours
              + ", but instances and subnets of a shared cluster cannot be inspected, and it can be"
              + " cloned only once",
          "Build and run the artifact with credentials of account " + theirs + ".");
    }
  }

  /// The availability zones of subnets, as far as some DB subnet group tells them.
  public Map<SubnetId, String> zonesOf(SubnetIds subnets) {
    var zones = new TreeMap<SubnetId, String>(Comparator.comparing(SubnetId::value));
    for (FoundSubnetGroup group : api.subnetGroups()) {
      group
          .zones()
          .forEach((subnet, zone) -> {
            if (subnets.ids().contains(subnet) && !zone.isEmpty()) {
              zones.put(subnet, zone);
            }
          });
    }
    return zones;
  }

  private static void refuseUnready(FoundCluster found) {
    if (found.statusClass() != StatusClass.READY) {
      throw AwsException.refusing(
          tried(found.id().value()),
          ErrorMeaning.NOT_YET,
          "the source is in state '" + found.status() + "'",
          found.statusClass().adviceForSource(found.status(), found.id().value()));
    }
    if (found.instances().isEmpty()) {
      throw AwsException.refusing(
          tried(found.id().value()),
          ErrorMeaning.NEEDS_ACTION,
          "the source has no instances, and a cluster without instances cannot be cloned",
          "Add an instance to it: aws rds create-db-instance --db-cluster-identifier "
              + found.id());
    }
  }

  private AwsException notFound(String idOrArn) {
    List<ClusterId> others = api.clusterIds();
    return AwsException.refusing(
        tried(idOrArn),
        ErrorMeaning.NOT_FOUND,
        "there is no such cluster in this region and account",
        others.isEmpty()
            ? "There are no clusters at all: check the region and the profile."
            : "There are: " + names(others, idOrArn) + ".");
  }

  private static String names(List<ClusterId> ids, String wanted) {
    String head = wanted.substring(0, Math.min(3, wanted.length()));
    String shown =
        ids.stream()
            .map(ClusterId::value)
            .sorted(
                Comparator.comparing((String name) -> !name.contains(head))
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST_NAMES)
            .collect(Collectors.joining(", "));
    return ids.size() > MOST_NAMES ? shown + " and " + (ids.size() - MOST_NAMES) + " more" : shown;
  }

  private static String tried(String idOrArn) {
    return "Could not inspect cluster '" + idOrArn + "'";
  }

  /// The fourth part of `arn:partition:rds:region:account:cluster:name`.
  private static String region(String arn) {
    return arn.split(":", 5)[3];
  }

  /// The fifth part of any ARN.
  private static String account(String arn) {
    return arn.split(":", 6)[4];
  }

  /// What an artifact has written on a source that it made is not the source's: it would make
  /// whatever is copied from it look like that artifact's own.
  private ClusterSettings settings(FoundCluster found) {
    ClusterSettings settings = found.settings();
    return settings
        .withNetwork(withSubnets(settings.network()))
        .withTags(OwnTags.without(found.tags()));
  }

  private NetworkSettings withSubnets(NetworkSettings network) {
    return network.withSubnetIds(
        network
            .subnetGroup()
            .flatMap(api::subnetGroup)
            .filter(group -> group.zones().size() > 1)
            .map(group -> new SubnetIds(List.copyOf(group.zones().keySet()))));
  }
}
