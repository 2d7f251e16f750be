package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.InstanceClass;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// Turns what DescribeDBInstances answers into a [FoundInstance]. Pure.
final class InstanceReading {
  private InstanceReading() {}

  static FoundInstance read(DBInstance instance) {
    var group = instance.dbParameterGroups().stream().findFirst();
    var pendingClass =
        Optional.ofNullable(instance.pendingModifiedValues())
            .map(PendingModifiedValues::dbInstanceClass);
    return new FoundInstance(
        new ClusterId(instance.dbInstanceIdentifier()),
        instance.dbInstanceArn(),
        Optional.ofNullable(instance.dbInstanceStatus()).orElse("creating"),
        false,
        pendingClass
            .or(() -> Optional.ofNullable(instance.dbInstanceClass()))
            .map(InstanceClass::new),
        group.map(status -> status.dbParameterGroupName()),
        Optional.ofNullable(instance.publiclyAccessible()),
        Optional.ofNullable(instance.autoMinorVersionUpgrade()),
        ClusterReading.weekly(instance.preferredMaintenanceWindow()),
        pendingClass.isPresent() ? Set.of(SettingField.INSTANCE_CLASS) : Set.of(),
        group.map(status -> !"pending-reboot".equals(status.parameterApplyStatus())).orElse(true),
        ClusterReading.tags(instance.tagList()));
  }
}
