package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.RdsFault;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;

/// Between which capacities a Serverless v2 cluster scales. See ServerlessV2ScalingConfiguration in
/// the API Reference.
final class Scaling {

  private static final int MOST = 256;

  private Scaling() {}

  /// As it is shown; null where it is not asked for.
  static ServerlessV2ScalingConfigurationInfo of(ServerlessV2ScalingConfiguration wanted) {
    if (wanted == null) {
      return null;
    }
    check(wanted.minCapacity(), wanted.maxCapacity());
    return ServerlessV2ScalingConfigurationInfo.builder()
        .minCapacity(wanted.minCapacity())
        .maxCapacity(wanted.maxCapacity())
        .secondsUntilAutoPause(wanted.secondsUntilAutoPause())
        .build();
  }

  private static void check(Double least, Double most) {
    if (least == null || most == null || least < 0 || most < 1 || most > MOST || least > most) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "ServerlessV2ScalingConfiguration needs MinCapacity and MaxCapacity between 0 and 256,"
              + " the first not above the second.");
    }
    if (least * 2 % 1 != 0 || most * 2 % 1 != 0) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "ServerlessV2ScalingConfiguration takes capacities in steps of 0.5, not %s to %s.",
          least, most);
    }
  }
}
