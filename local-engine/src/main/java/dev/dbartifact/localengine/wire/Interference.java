package dev.dbartifact.localengine.wire;

import java.util.function.Supplier;

/// What may come between a request that was understood and the action that it asks for.
@FunctionalInterface
public interface Interference {

  /// Bound while a service answers.
  ScopedValue<Interference> CURRENT = ScopedValue.newInstance();

  /// Lets every call through.
  Interference NONE = (_, call) -> call.get();

  /// What is called.
  ///
  /// @param service such as `rds`
  /// @param action such as `CreateDBCluster`
  /// @param resource the name that the request gives to what it is about, empty where it gives none
  record Target(String service, String action, String resource) {}

  /// Runs the call, late or not at all.
  ///
  /// @throws software.amazon.awssdk.awscore.exception.AwsServiceException instead of an answer
  /// @throws DroppedConnection when there is to be no answer
  Object around(Target target, Supplier<?> call);
}
