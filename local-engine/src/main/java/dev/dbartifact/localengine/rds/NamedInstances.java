package dev.dbartifact.localengine.rds;

import java.util.Locale;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// The instances that requests name, members of DB clusters and plain ones.
final class NamedInstances {

  private final Catalog catalog;
  private final Home home;

  NamedInstances(Catalog catalog, Home home) {
    this.catalog = catalog;
    this.home = home;
  }

  /// By name or ARN.
  Instance find(String idOrArn) {
    var given = Rules.required("DBInstanceIdentifier", idOrArn);
    var id = home.name("db", given).toLowerCase(Locale.ROOT);
    return catalog.instance(id).orElseThrow(() -> notFound(given));
  }

  static RuntimeException notFound(String id) {
    return RdsFault.INSTANCE_NOT_FOUND.with("DBInstance %s not found.", id);
  }

  /// @param instance as described
  static void requireAvailable(DBInstance instance) {
    if (!instance.dbInstanceStatus().equals(Status.AVAILABLE)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Instance %s is not in available state: it is %s.",
          instance.dbInstanceIdentifier(), instance.dbInstanceStatus());
    }
  }
}
