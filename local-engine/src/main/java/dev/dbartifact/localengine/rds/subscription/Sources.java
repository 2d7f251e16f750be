package dev.dbartifact.localengine.rds.subscription;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.rds.model.SourceType;

/// What events can come from.
///
/// See `SourceIds` of CreateEventSubscription in the Amazon RDS API Reference.
final class Sources {

  private final Catalog catalog;

  Sources(Catalog catalog) {
    this.catalog = catalog;
  }

  /// A type of a request; null for none, which Terraform sends as an empty one.
  static String type(String wanted) {
    if (wanted == null || wanted.isEmpty()) {
      return null;
    }
    if (SourceType.fromValue(wanted) == SourceType.UNKNOWN_TO_SDK_VERSION) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("Invalid source type: %s", wanted);
    }
    return wanted;
  }

  /// The identifiers as RDS keeps them.
  ///
  /// @param type null for none
  List<String> existing(String type, List<String> ids) {
    if (!ids.isEmpty() && type == null) {
      throw RdsFault.INVALID_PARAMETER_COMBINATION.with(
          "SourceIds cannot be given without SourceType.");
    }
    return ids.stream().map(id -> existing(type, id)).distinct().toList();
  }

  String existing(String type, String identifier) {
    var id = Rules.required("SourceIdentifier", identifier).toLowerCase(Locale.ROOT);
    if (!exists(SourceType.fromValue(type), id)) {
      throw RdsFault.SOURCE_NOT_FOUND.with(
          "The requested source could not be found: there is no %s %s.", type, identifier);
    }
    return id;
  }

  private boolean exists(SourceType type, String id) {
    return switch (type) {
      case DB_INSTANCE -> catalog.instance(id).isPresent();
      case DB_CLUSTER -> catalog.cluster(id).isPresent();
      case DB_PARAMETER_GROUP -> catalog.instanceParameterGroups.find(id).isPresent();
      case DB_SNAPSHOT -> catalog.instanceSnapshot(id).isPresent();
      case DB_CLUSTER_SNAPSHOT -> catalog.clusterSnapshot(id).isPresent();
      default -> false;
    };
  }
}
