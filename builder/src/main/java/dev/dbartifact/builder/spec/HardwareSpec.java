package dev.dbartifact.builder.spec;

import dev.dbartifact.artifact.HardwareSettings;
import dev.dbartifact.artifact.InstanceClass;
import dev.dbartifact.artifact.ServerlessRange;
import java.util.Optional;

/// What a copy is to compute with.
public record HardwareSpec(
    Wish<InstanceClass> instanceClass,
    Wish<Integer> instanceCount,
    Wish<ServerlessRange> serverless) {
  HardwareSettings resolve(HardwareSettings source) {
    var resolvedClass = instanceClass.resolve(source.instanceClass());
    return new HardwareSettings(
        resolvedClass,
        instanceCount.resolve(Optional.of(source.instanceCount())).orElse(1),
        serverless.resolve(rangeFor(resolvedClass, source)));
  }

  /// A copy that is not serverless has no use for the range of a source that is.
  private static Optional<ServerlessRange> rangeFor(
      Optional<InstanceClass> resolvedClass, HardwareSettings source) {
    return resolvedClass.filter(InstanceClass::isServerless).flatMap(is -> source.serverless());
  }
}
