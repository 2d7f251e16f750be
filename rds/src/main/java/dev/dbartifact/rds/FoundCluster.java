package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.artifact.Tags;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// A cluster with its instances, as it is now. Its settings have the shape that a wish has, made
/// comparable: values that are pending show as what they will be, and what Aurora leaves out or
/// invents (storage type, allocated storage) is put right.
///
/// @param status as RDS writes it
/// @param endpoint the writer endpoint; absent while the cluster is being created
/// @param settings with every tag that is not Amazon's own
/// @param instances the writer first, then by identifier
/// @param pending the settings whose change has been accepted and not been applied yet; what is
///   pending besides, such as an upgrade put off by somebody, is no setting of ours
/// @param passwordPending whether a master password has been accepted and is not in effect yet, as
///   far as RDS tells
/// @param cloneGroup shared by a source and its clones
public record FoundCluster(
    ClusterId id,
    String arn,
    String status,
    Optional<String> endpoint,
    Optional<String> readerEndpoint,
    ClusterSettings settings,
    List<FoundInstance> instances,
    List<String> zones,
    Set<SettingField> pending,
    boolean passwordPending,
    Optional<String> cloneGroup) {
  private static final Comparator<FoundInstance> WRITER_FIRST =
      Comparator.comparing((FoundInstance instance) -> !instance.writer())
          .thenComparing(instance -> instance.id().value());

  public FoundCluster {
    instances = instances.stream().sorted(WRITER_FIRST).toList();
    zones = zones.stream().sorted().toList();
    pending = SettingField.ordered(pending);
  }

  public StatusClass statusClass() {
    return StatusClass.of(status);
  }

  /// Whether it, or an instance of it, is in a state that does not pass by itself.
  public boolean isInTrouble() {
    return Stream.concat(
            Stream.of(statusClass()), instances.stream().map(FoundInstance::statusClass))
        .anyMatch(each -> each == StatusClass.FAILED || each == StatusClass.NEEDS_ACTION);
  }

  public Tags tags() {
    return settings.tags();
  }

  public Optional<FoundInstance> instance(ClusterId instance) {
    return instances.stream().filter(each -> each.id().equals(instance)).findFirst();
  }

  public Optional<FoundInstance> writer() {
    return instances.stream().filter(FoundInstance::writer).findFirst();
  }
}
