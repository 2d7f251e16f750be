package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.Tags;
import dev.dbartifact.artifact.WeeklyWindow;
import java.util.Optional;
import java.util.Set;

/// A DB instance of a cluster as DescribeDBInstances tells of it. Values that are pending show as
/// what they will be.
///
/// @param writer whether it is the writer; false while the cluster does not say
/// @param pending the settings whose change has been accepted and not been applied yet
/// @param parametersInSync false when its parameter group waits for a reboot
public record FoundInstance(
    ClusterId id,
    String arn,
    String status,
    boolean writer,
    Optional<InstanceClass> instanceClass,
    Optional<String> parameterGroup,
    Optional<Boolean> publiclyAccessible,
    Optional<Boolean> autoMinorVersionUpgrade,
    Optional<WeeklyWindow> maintenanceWindow,
    Set<SettingField> pending,
    boolean parametersInSync,
    Tags tags) {
  public FoundInstance {
    pending = SettingField.ordered(pending);
  }

  public StatusClass statusClass() {
    return StatusClass.of(status);
  }

  /// What only the cluster knows about its member.
  FoundInstance asMember(boolean isWriter, boolean clusterParametersInSync) {
    return new FoundInstance(
        id,
        arn,
        status,
        isWriter,
        instanceClass,
        parameterGroup,
        publiclyAccessible,
        autoMinorVersionUpgrade,
        maintenanceWindow,
        pending,
        parametersInSync && clusterParametersInSync,
        tags);
  }
}
