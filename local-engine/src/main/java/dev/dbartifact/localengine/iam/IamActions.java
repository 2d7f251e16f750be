package dev.dbartifact.localengine.iam;

import software.amazon.awssdk.services.iam.IamClient;

/// Some of the actions of IAM: each is a method of the client that is overridden here.
public abstract class IamActions implements IamClient {

  /// All of them.
  public static Object[] all(Roles roles) {
    return new Object[] {
      new RoleActions(roles), new RolePolicyActions(roles), new RoleTagActions(roles)
    };
  }

  /// The classes of [#all].
  public static Class<?>[] classes() {
    return new Class<?>[] {RoleActions.class, RolePolicyActions.class, RoleTagActions.class};
  }

  @Override
  public final String serviceName() {
    return SERVICE_NAME;
  }

  /// Holds nothing.
  @Override
  public final void close() {}
}
