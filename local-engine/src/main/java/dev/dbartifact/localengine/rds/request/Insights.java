package dev.dbartifact.localengine.rds.request;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.CreateDbInstanceRequest;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/// Performance Insights of an instance or a DB cluster. Each part is null where nothing is said.
///
/// See CreateDBInstance and CreateDBCluster in the API Reference.
///
/// @param enabled whether they are on
/// @param key the KMS key that they are encrypted with
/// @param days for which they are kept
public record Insights(Boolean enabled, String key, Integer days) {

  private static final Set<String> ASKED =
      Set.of(
          "EnablePerformanceInsights",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod");

  private static final Set<String> SHOWN =
      Set.of(
          "PerformanceInsightsEnabled",
          "PerformanceInsightsKMSKeyId",
          "PerformanceInsightsRetentionPeriod");

  private static final int DEFAULT_DAYS = 7;

  /// What a request says of them, which may be any that can.
  public static Insights asked(SdkPojo request) {
    var same = CreateDbInstanceRequest.builder();
    Fields.copy(request, same, ASKED);
    var asked = same.build();
    return new Insights(
        asked.enablePerformanceInsights(),
        asked.performanceInsightsKMSKeyId(),
        asked.performanceInsightsRetentionPeriod());
  }

  /// Describes an instance or a DB cluster with what is asked for here; the rest stays as it is.
  ///
  /// @param to has the members [#SHOWN]
  public <B extends SdkBuilder<B, ? extends SdkPojo> & SdkPojo> void describe(B to, Home home) {
    var same = DBInstance.builder();
    Fields.copy(to.build(), same, SHOWN);
    var now = same.build();
    var insights =
        over(
            new Insights(
                now.performanceInsightsEnabled(),
                now.performanceInsightsKMSKeyId(),
                now.performanceInsightsRetentionPeriod()),
            home);
    same.performanceInsightsEnabled(insights.enabled)
        .performanceInsightsKMSKeyId(insights.key)
        .performanceInsightsRetentionPeriod(insights.days);
    Fields.copy(same.build(), to, SHOWN);
  }

  /// With what was said before where nothing is said now, and with the defaults of RDS where they
  /// are on.
  Insights over(Insights before, Home home) {
    var on = or(enabled, before.enabled);
    var with = key == null ? before.key : home.key(key);
    var during = or(days, before.days);
    return Boolean.TRUE.equals(on)
        ? new Insights(true, or(with, home.defaultKey()), or(during, DEFAULT_DAYS))
        : new Insights(on, with, during);
  }

  private static <T> T or(T asked, T otherwise) {
    return Optional.ofNullable(asked).orElse(otherwise);
  }
}
