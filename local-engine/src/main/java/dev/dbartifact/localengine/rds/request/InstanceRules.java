package dev.dbartifact.localengine.rds.request;

import java.util.List;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// What RDS demands of the monitoring of an instance, in its words.
///
/// See CreateDBInstance in the Amazon RDS API Reference.
public final class InstanceRules {

  private static final List<Integer> INTERVALS = List.of(0, 1, 5, 10, 15, 30, 60);

  private static final int ADVANCED_DAYS = 465;

  private InstanceRules() {}

  /// How a plain instance is watched, as it would be after the request: what is said now must suit
  /// what was said before.
  public static void observation(DBInstance settings) {
    monitoring(settings.monitoringInterval(), settings.monitoringRoleArn());
    insightsRetention(settings.performanceInsightsRetentionPeriod());
    insightsMode(settings);
  }

  /// See "Turning on the Advanced mode of Database Insights" in the Amazon RDS User Guide.
  private static void insightsMode(DBInstance settings) {
    var mode = settings.databaseInsightsModeAsString();
    Rules.oneOf("DatabaseInsightsMode", mode, "standard", "advanced");
    var days = settings.performanceInsightsRetentionPeriod();
    if ("advanced".equals(mode)
        && (!Boolean.TRUE.equals(settings.performanceInsightsEnabled())
            || days == null
            || days < ADVANCED_DAYS)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "To enable the Advanced mode of Database Insights, modify your DB instance to enable"
              + " Performance Insights and set the retention period for Performance Insights to at"
              + " least %d days.",
          ADVANCED_DAYS);
    }
  }

  /// @param interval in seconds; 0 is off
  public static void monitoring(Integer interval, String roleArn) {
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
  public static void insightsRetention(Integer days) {
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
