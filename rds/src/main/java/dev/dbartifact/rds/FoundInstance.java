package dev.dbartifact.rds;

import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.Tags;
import java.util.Optional;

/// A DB instance of a cluster as DescribeDBInstances tells of it. Values that are pending show as
/// what they will be.
///
/// @param writer whether it is the writer; false while the cluster does not say
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
    boolean parametersInSync,
    Tags tags) {
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
        parametersInSync && clusterParametersInSync,
        tags);
  }
}
