package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.request.Fields;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.Insights;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;

/// How a cluster as a whole is watched: Performance Insights, Database Insights and Enhanced
/// Monitoring. Nobody watches here: it is checked, remembered and shown.
///
/// See CreateDBCluster in the API Reference, and "Turning on the Advanced mode of Database
/// Insights" in the Aurora User Guide.
final class Observation {

  private static final Set<String> SAME =
      Set.of("DatabaseInsightsMode", "MonitoringInterval", "MonitoringRoleArn");

  /// In seconds.
  private static final Set<Integer> INTERVALS = Set.of(0, 1, 5, 10, 15, 30, 60);

  private static final int ADVANCED_DAYS = 465;

  private Observation() {}

  /// The new cluster with what the request says of this.
  static DBCluster of(CreateDbClusterRequest request, DBCluster settings, Home home) {
    return observed(request, settings, home);
  }

  /// The cluster as the request changes it, at once.
  static DBCluster of(ModifyDbClusterRequest request, DBCluster settings, Home home) {
    return observed(request, settings, home);
  }

  /// The cluster restored from a snapshot with what the request says of this.
  static DBCluster of(RestoreDbClusterToPointInTimeRequest request, DBCluster settings, Home home) {
    return observed(request, settings, home);
  }

  /// Only clusters of the kind Limitless, which there are none of here, can be restored to a time
  /// with what watches them; others refuse it, whatever it says. No documentation tells: it is what
  /// AWS answers, see boto3's issue 4634.
  static void requireNone(RestoreDbClusterToPointInTimeRequest request) {
    var given =
        Stream.of(
            request.enablePerformanceInsights(),
            request.monitoringInterval(),
            request.monitoringRoleArn(),
            request.performanceInsightsKMSKeyId(),
            request.performanceInsightsRetentionPeriod());
    if (given.anyMatch(Objects::nonNull)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "You can enable Performance Insights or set the Enhanced Monitoring interval only when"
              + " restoring from a source Aurora Limitless DB cluster");
    }
  }

  private static DBCluster observed(SdkPojo request, DBCluster settings, Home home) {
    var builder = settings.toBuilder();
    Fields.copy(request, builder, SAME);
    Insights.asked(request).describe(builder, home);
    var observed = builder.build();
    if (!observed.equals(settings)) {
      check(observed);
    }
    return observed;
  }

  private static void check(DBCluster of) {
    Rules.oneOf("DatabaseInsightsMode", of.databaseInsightsModeAsString(), "standard", "advanced");
    checkMonitoring(of.monitoringInterval(), of.monitoringRoleArn());
    var days = of.performanceInsightsRetentionPeriod();
    if (days != null && days != 7 && days != 731 && (days % 31 != 0 || days < 31 || days > 713)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid Performance Insights retention period: %d. Valid values are: [7, 731] or a"
              + " multiple of 31 between 31 and 713.",
          days);
    }
    var insights = Boolean.TRUE.equals(of.performanceInsightsEnabled());
    if ("advanced".equals(of.databaseInsightsModeAsString())
        && (!insights || days == null || days < ADVANCED_DAYS)) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "To enable the Advanced mode of Database Insights, modify your cluster to enable"
              + " Performance Insights and set the retention period for Performance Insights to at"
              + " least %d days.",
          ADVANCED_DAYS);
    }
  }

  private static void checkMonitoring(Integer interval, String role) {
    if (interval == null) {
      return;
    }
    if (!INTERVALS.contains(interval)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid MonitoringInterval: %d. Valid values are 0, 1, 5, 10, 15, 30, 60.", interval);
    }
    if (interval > 0 && role == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other"
              + " than 0.");
    }
  }
}
