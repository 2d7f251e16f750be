package dev.dbartifact.localengine.rds.cluster;

import dev.dbartifact.localengine.rds.record.Catalog;
import dev.dbartifact.localengine.rds.record.Status;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.rds.request.Rules;

/// Whether the RDS Data API may be used with a cluster.
public final class HttpEndpoints {

  private final Catalog catalog;
  private final Home home;

  public HttpEndpoints(Catalog catalog, Home home) {
    this.catalog = catalog;
    this.home = home;
  }

  boolean set(String arn, boolean enabled) {
    var given = Rules.required("ResourceArn", arn);
    return catalog.changing(() -> {
      var cluster =
          home.resource(given)
              .filter(resource -> resource.kind().equals("cluster"))
              .flatMap(resource -> catalog.cluster(resource.name()))
              .orElseThrow(() ->
                  RdsFault.RESOURCE_NOT_FOUND.with(
                      "The specified resource %s can't be found.", given));
      if (!cluster.is(Status.AVAILABLE)) {
        throw RdsFault.INVALID_RESOURCE_STATE.with(
            "DB cluster %s is not in available state: it is %s.", cluster.id(), cluster.status());
      }
      catalog.clusters.put(cluster.with(builder -> builder.httpEndpointEnabled(enabled)));
      return enabled;
    });
  }
}
