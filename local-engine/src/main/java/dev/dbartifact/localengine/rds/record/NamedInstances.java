package dev.dbartifact.localengine.rds.record;

import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// The instances that requests name, members of DB clusters and plain ones.
public final class NamedInstances {

  private final Catalog catalog;
  private final Home home;

  public NamedInstances(Catalog catalog, Home home) {
    this.catalog = catalog;
    this.home = home;
  }

  /// By name or ARN.
  public Instance find(String idOrArn) {
    return named(home.name("db", Rules.required("DBInstanceIdentifier", idOrArn)));
  }

  /// By name alone. What changes instances takes no ARN, as the API Reference has it; AWS answers
  /// that it is no identifier.
  public Instance named(String id) {
    return catalog
        .instance(Rules.identifier("DBInstanceIdentifier", id))
        .orElseThrow(() -> notFound(id));
  }

  /// Refuses a name that an instance has. Within a change of the catalog.
  ///
  /// @param id in lower case
  public void requireNew(String id) {
    if (catalog.instance(id).isPresent()) {
      throw RdsFault.INSTANCE_ALREADY_EXISTS.with("DB instance already exists");
    }
  }

  public static RuntimeException notFound(String id) {
    return RdsFault.INSTANCE_NOT_FOUND.with("DBInstance %s not found.", id);
  }

  /// @param instance as described
  public static void requireAvailable(DBInstance instance) {
    if (!instance.dbInstanceStatus().equals(Status.AVAILABLE)) {
      throw RdsFault.INVALID_INSTANCE_STATE.with(
          "Instance %s is not in available state: it is %s.",
          instance.dbInstanceIdentifier(), instance.dbInstanceStatus());
    }
  }
}
