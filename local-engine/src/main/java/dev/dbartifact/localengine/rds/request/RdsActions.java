package dev.dbartifact.localengine.rds.request;

import software.amazon.awssdk.services.rds.RdsClient;

/// Some of the actions of RDS: each is a method of the client that is overridden here.
public abstract class RdsActions implements RdsClient {

  @Override
  public final String serviceName() {
    return SERVICE_NAME;
  }

  /// Holds nothing.
  @Override
  public final void close() {}
}
