package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterSettings;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Something that is being done.
record FakeWork(
    String status, Set<SettingField> fields, ClusterSettings result, Instant from, Instant until) {
  private static final Set<SettingField> PENDABLE =
      Set.of(
          SettingField.BACKUP_RETENTION,
          SettingField.STORAGE_TYPE,
          SettingField.IAM_AUTHENTICATION,
          SettingField.LOG_EXPORTS,
          SettingField.INSTANCE_CLASS);

  boolean shows(Instant now) {
    return !now.isBefore(from);
  }

  boolean isOver(Instant now) {
    return !now.isBefore(until);
  }

  Set<SettingField> pending() {
    var pending = new HashSet<>(fields);
    pending.retainAll(PENDABLE);
    return pending;
  }

  FakeWork with(UnaryOperator<ClusterSettings> change) {
    return new FakeWork(status, fields, change.apply(result), from, until);
  }
}
