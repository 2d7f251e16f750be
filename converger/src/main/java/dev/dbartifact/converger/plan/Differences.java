package dev.dbartifact.converger.plan;

import dev.dbartifact.artifact.ClusterSettings;
import dev.dbartifact.rds.FoundInstance;
import dev.dbartifact.rds.SettingField;
import dev.dbartifact.rds.SettingField.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Compares settings over the allow-list of [SettingField]. What is not wished for never differs.
final class Differences {
  private Differences() {}

  static List<Difference> ofCluster(ClusterSettings desired, ClusterSettings current) {
    return differences(Scope.CLUSTER, desired, field -> field.in(current));
  }

  static List<Difference> ofInstance(ClusterSettings desired, FoundInstance current) {
    return differences(Scope.INSTANCE, desired, field -> field.in(current));
  }

  private static List<Difference> differences(
      Scope scope, ClusterSettings desired, Function<SettingField, Optional<Object>> current) {
    return Arrays.stream(SettingField.values())
        .filter(field -> field.scope() == scope)
        .flatMap(field -> difference(field, field.in(desired), current.apply(field)).stream())
        .toList();
  }

  private static Optional<Difference> difference(
      SettingField field, Optional<Object> desired, Optional<Object> current) {
    return desired
        .filter(wish -> current.isEmpty() || !isSame(field, wish, current.get()))
        .map(wish -> new Difference(field, current, wish));
  }

  private static boolean isSame(SettingField field, Object desired, Object current) {
    return desired.equals(current)
        || (field == SettingField.KMS_KEY && isSameKey(desired.toString(), current.toString()));
  }

  /// RDS answers with the ARN of a key, whatever it was named by; an alias cannot be told.
  private static boolean isSameKey(String desired, String current) {
    return desired.contains("alias/") || current.endsWith("/" + desired);
  }
}
