package dev.dbartifact.localengine.rds.request;

import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.wire.OutOfSpace;
import java.lang.reflect.Method;
import java.util.Set;
import software.amazon.awssdk.services.rds.RdsClient;

/// Some of the actions of RDS: each is a method of the client that is overridden here.
public abstract class RdsActions implements RdsClient, OutOfSpace {

  @Override
  public final String serviceName() {
    return SERVICE_NAME;
  }

  /// The client's own method says what the model lists for the action.
  @Override
  public final RuntimeException outOfSpace(Method action, StateException full) {
    try {
      var declared = RdsClient.class.getMethod(action.getName(), action.getParameterTypes());
      return RdsFault.outOfSpace(Set.of(declared.getExceptionTypes()), full);
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(action + " is no action of RDS", e);
    }
  }

  /// Holds nothing.
  @Override
  public final void close() {}
}
