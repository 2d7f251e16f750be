package dev.dbartifact.localengine.rds.work;

import dev.dbartifact.localengine.rds.request.Filters;
import dev.dbartifact.localengine.rds.request.RdsFault;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.rds.model.DescribeEventCategoriesRequest;
import software.amazon.awssdk.services.rds.model.DescribeEventCategoriesResponse;
import software.amazon.awssdk.services.rds.model.EventCategoriesMap;

/// The categories that events of each type of source have: the tables of "Amazon RDS event
/// categories and event messages" in the Amazon RDS User Guide and in the Aurora User Guide, also
/// of sources that there are none of here.
public enum EventCategories {
  DB_INSTANCE(
      "availability",
      "backtrack",
      "backup",
      "configuration change",
      "creation",
      "deletion",
      "failover",
      "failure",
      "low storage",
      "maintenance",
      "notification",
      "read replica",
      "recovery",
      "restoration",
      "security",
      "security patching",
      "serverless"),
  DB_SECURITY_GROUP("configuration change", "failure"),
  DB_PARAMETER_GROUP("configuration change"),
  DB_SNAPSHOT("creation", "deletion", "notification", "restoration"),
  DB_CLUSTER(
      "configuration change",
      "creation",
      "deletion",
      "failover",
      "failure",
      "global failover",
      "maintenance",
      "notification"),
  DB_CLUSTER_SNAPSHOT("backup", "notification"),
  DB_PROXY("configuration change", "creation", "deletion", "failure"),
  BLUE_GREEN_DEPLOYMENT("creation", "deletion", "failure", "notification"),
  CUSTOM_ENGINE_VERSION("failure");

  private final List<String> categories;

  EventCategories(String... categories) {
    this.categories = List.of(categories);
  }

  private String source() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static DescribeEventCategoriesResponse describe(DescribeEventCategoriesRequest request) {
    var asked = request.sourceType();
    var shown =
        Arrays.stream(values())
            .filter(each -> asked == null || each.source().equals(asked))
            .map(EventCategories::described)
            .toList();
    if (shown.isEmpty()) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid source type: %s", asked);
    }
    return DescribeEventCategoriesResponse.builder()
        .eventCategoriesMapList(Filters.apply(request.filters(), Map.of(), shown))
        .build();
  }

  /// Refuses categories that events of the type do not have.
  ///
  /// @param type of the sources; null for all
  public static void require(String type, List<String> wanted) {
    for (var category : wanted) {
      if (Arrays.stream(values())
          .filter(each -> type == null || each.source().equals(type))
          .noneMatch(each -> each.categories.contains(category))) {
        throw RdsFault.SUBSCRIPTION_CATEGORY_NOT_FOUND.with(
            "The supplied category '%s' does not exist%s.",
            category, type == null ? "" : " for the source type " + type);
      }
    }
  }

  private EventCategoriesMap described() {
    return EventCategoriesMap.builder().sourceType(source()).eventCategories(categories).build();
  }
}
