package dev.dbartifact.localengine.rds.instance;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.List;

/// What RDS demands of the monitoring of an instance, in its words.
///
/// See CreateDBInstance in the Amazon RDS API Reference.
final class InstanceRules {

  private static final List<Integer> INTERVALS = List.of(0, 1, 5, 10, 15, 30, 60);

  private InstanceRules() {}

  /// @param interval in seconds; 0 is off
  static void monitoring(Integer interval, String roleArn) {
    if (interval == null) {
      return;
    }
    if (!INTERVALS.contains(interval)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid monitoring interval: %d. Must be one of %s.", interval, INTERVALS);
    }
    if (interval > 0 && roleArn == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other"
              + " than 0.");
    }
  }

  /// @param days a week, whole months of 31 days, or two years
  static void insightsRetention(Integer days) {
    if (days == null || days == 7 || days == 731) {
      return;
    }
    if (days % 31 != 0 || days < 31 || days > 23 * 31) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid Performance Insights retention period: %d. Must be 7, 731 or a multiple of 31 in"
              + " between.",
          days);
    }
  }
}
