package dev.dbartifact.localengine.secrets;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;

/// What the engine remembers of a secret.
///
/// @param id names its file
/// @param settings as described, without what is derived from the versions
/// @param versions oldest first, each with its value and its stages
/// @param accessed the day on which a version was read last, as [Instant] writes it, by the id of
///   the version; without those that were never read
record StoredSecret(
    String id,
    DescribeSecretResponse settings,
    List<GetSecretValueResponse> versions,
    Map<String, String> accessed) {

  static final String CURRENT = "AWSCURRENT";
  static final String PREVIOUS = "AWSPREVIOUS";
  static final String PENDING = "AWSPENDING";

  /// Beyond that, the oldest versions without a stage are dropped.
  private static final int MOST_VERSIONS = 100;

  StoredSecret {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(settings, "settings");
    versions = List.copyOf(versions);
    // Secrets that an earlier engine kept do not say.
    accessed = accessed == null ? Map.of() : Map.copyOf(accessed);
  }

  @JsonIgnore
  String arn() {
    return settings.arn();
  }

  @JsonIgnore
  String name() {
    return settings.name();
  }

  @JsonIgnore
  boolean isDeleted() {
    return settings.deletedDate() != null;
  }

  Optional<GetSecretValueResponse> version(String versionId) {
    return versions.stream().filter(each -> each.versionId().equals(versionId)).findFirst();
  }

  Optional<GetSecretValueResponse> staged(String stage) {
    return versions.stream().filter(each -> each.versionStages().contains(stage)).findFirst();
  }

  /// The name, the ARN, or the ARN without the six characters at its end.
  boolean isCalled(String nameOrArn) {
    return nameOrArn.equals(name())
        || nameOrArn.equals(arn())
        || nameOrArn.equals(arn().substring(0, arn().length() - 7));
  }

  StoredSecret with(UnaryOperator<DescribeSecretResponse.Builder> change) {
    return new StoredSecret(id, change.apply(settings.toBuilder()).build(), versions, accessed);
  }

  /// Remembers that a version was read.
  ///
  /// @param day when it begins
  StoredSecret read(String versionId, Instant day) {
    var days = new TreeMap<>(accessed);
    days.put(versionId, day.toString());
    return new StoredSecret(id, settings.copy(to -> to.lastAccessedDate(day)), versions, days);
  }

  /// When the day began on which a version was read last; null if it never was.
  Instant read(String versionId) {
    var day = accessed.get(versionId);
    return day == null ? null : Instant.parse(day);
  }

  /// Adds a version and gives it the stages.
  ///
  /// @throws IllegalArgumentException if there is one with its id already: two would share their
  ///   stages, and only one of them would be read
  StoredSecret add(GetSecretValueResponse version, List<String> stages) {
    if (version(version.versionId()).isPresent()) {
      throw new IllegalArgumentException(
          "The secret %s has a version %s already".formatted(name(), version.versionId()));
    }
    var added =
        Stream.concat(kept(), Stream.of(version.copy(to -> to.versionStages(List.<String>of()))))
            .toList();
    var secret = new StoredSecret(id, settings, added, accessed(added));
    for (var stage : stages) {
      secret = secret.move(stage, version.versionId());
    }
    return secret;
  }

  /// Those that there are beside one that is added.
  private Stream<GetSecretValueResponse> kept() {
    var gone =
        versions.stream()
            .filter(each -> each.versionStages().isEmpty())
            .limit(Math.max(0, versions.size() + 1 - MOST_VERSIONS))
            .map(GetSecretValueResponse::versionId)
            .collect(Collectors.toSet());
    return versions.stream().filter(each -> !gone.contains(each.versionId()));
  }

  private Map<String, String> accessed(List<GetSecretValueResponse> left) {
    var ids = left.stream().map(GetSecretValueResponse::versionId).collect(Collectors.toSet());
    return accessed.entrySet().stream()
        .filter(each -> ids.contains(each.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// Gives a stage to one version, and takes it from the others. What was AWSCURRENT becomes
  /// AWSPREVIOUS.
  ///
  /// @param versionId null to take it from all
  StoredSecret move(String stage, String versionId) {
    var before = staged(stage).map(GetSecretValueResponse::versionId);
    if (before.isPresent() && before.get().equals(versionId)) {
      return this;
    }
    var moved = new StoredSecret(id, settings, restaged(stage, versionId), accessed);
    return stage.equals(CURRENT) && before.isPresent() ? moved.move(PREVIOUS, before.get()) : moved;
  }

  private List<GetSecretValueResponse> restaged(String stage, String versionId) {
    return versions.stream()
        .map(each -> {
          var stages = new ArrayList<>(each.versionStages());
          stages.remove(stage);
          if (each.versionId().equals(versionId)) {
            stages.add(stage);
          }
          return each.copy(to -> to.versionStages(stages));
        })
        .toList();
  }

  /// The versions that have a stage.
  @JsonIgnore
  Map<String, List<String>> stages() {
    var stages = new TreeMap<String, List<String>>();
    versions.stream()
        .filter(each -> !each.versionStages().isEmpty())
        .forEach(each -> stages.put(each.versionId(), each.versionStages()));
    return stages;
  }
}
