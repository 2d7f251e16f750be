package dev.dbartifact.artifact;

import java.util.Optional;

/// What a cluster computes with.
///
/// @param instanceClass the class of every instance
/// @param instanceCount how many instances, the writer included: 0 (a source without any) to 16 (an
///   Aurora cluster has one writer and at most 15 readers)
/// @param serverless the Serverless v2 range, if there is one
public record HardwareSettings(
    Optional<InstanceClass> instanceClass,
    int instanceCount,
    Optional<ServerlessRange> serverless) {
  public HardwareSettings {
    Checks.within(0, instanceCount, 16, "the number of instances");
  }
}
