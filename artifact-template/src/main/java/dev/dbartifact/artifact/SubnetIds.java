package dev.dbartifact.artifact;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The subnets that a cluster may place instances in: at least two, because a DB subnet group must
/// cover two zones (CreateDBSubnetGroup). Kept sorted and without repetition, so that two lists of
/// the same subnets are equal.
public record SubnetIds(List<SubnetId> ids) {
  public SubnetIds {
    ids = ids.stream().sorted((a, b) -> a.value().compareTo(b.value())).distinct().toList();
    if (ids.size() < 2) {
      throw new IllegalArgumentException(
          "at least two subnets in two availability zones are needed, found "
              + (ids.isEmpty() ? "none" : "only " + ids.getFirst()));
    }
  }

  /// Reads a comma-separated list; every malformed entry is named in the message.
  public static SubnetIds parse(String commaSeparated) {
    var malformed = new LinkedHashSet<String>();
    List<SubnetId> ids =
        Stream.of(commaSeparated.split(",", -1))
            .map(String::strip)
            .flatMap(text -> one(text, malformed))
            .toList();
    if (!malformed.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", malformed));
    }
    return new SubnetIds(ids);
  }

  private static Stream<SubnetId> one(String text, LinkedHashSet<String> malformed) {
    try {
      return Stream.of(new SubnetId(text));
    } catch (IllegalArgumentException refused) {
      malformed.add(refused.getMessage());
      return Stream.empty();
    }
  }

  @Override
  public String toString() {
    return ids.stream().map(SubnetId::value).collect(Collectors.joining(","));
  }
}
