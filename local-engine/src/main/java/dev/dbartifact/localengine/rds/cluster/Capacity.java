package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.request.RdsFault;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfigurationInfo;

/// What capacity the serverless instances of a cluster may have, and how long they are idle before
/// they have none: ServerlessV2ScalingConfiguration in the API Reference. Pure.
final class Capacity {

  private static final int LEAST_SECONDS = 300;
  private static final int MOST_SECONDS = 86_400;

  private Capacity() {}

  /// What is asked for, once it is known to be possible; null where nothing is.
  static ServerlessV2ScalingConfigurationInfo of(
      EngineVersion version, ServerlessV2ScalingConfiguration wanted) {
    if (wanted == null) {
      return null;
    }
    checkRange(wanted.minCapacity(), wanted.maxCapacity());
    checkPause(version, wanted.minCapacity(), wanted.secondsUntilAutoPause());
    return ServerlessV2ScalingConfigurationInfo.builder()
        .minCapacity(wanted.minCapacity())
        .maxCapacity(wanted.maxCapacity())
        .secondsUntilAutoPause(seconds(wanted))
        .build();
  }

  private static void checkRange(Double least, Double most) {
    if (least == null || most == null || least < 0 || most < 1 || most > 256 || least > most) {
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

  /// The words of the first fault are AWS's, and so is the form of the second.
  private static void checkPause(EngineVersion version, double least, Integer seconds) {
    if (seconds != null && least > 0) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "SecondsUntilAutoPause can only be specified when minimum capacity is 0.");
    }
    if (least == 0 && !version.canPause()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Serverless v2 minimum capacity %s isn't valid. The minimum capacity must be at least 0.5"
              + " (%s %s doesn't pause automatically).",
          least, version.engine().title(), version.number());
    }
    if (seconds != null && (seconds < LEAST_SECONDS || seconds > MOST_SECONDS)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value %d for SecondsUntilAutoPause. Must be between %d and %d.",
          seconds, LEAST_SECONDS, MOST_SECONDS);
    }
  }

  /// Only shown where the capacity may be nothing.
  private static Integer seconds(ServerlessV2ScalingConfiguration wanted) {
    if (wanted.minCapacity() > 0) {
      return null;
    }
    return wanted.secondsUntilAutoPause() == null
        ? Cluster.USUAL_SECONDS_UNTIL_PAUSE
        : wanted.secondsUntilAutoPause();
  }
}
