package dev.dbartifact.localengine.rds.record;

import dev.dbartifact.localengine.rds.request.Home;
import java.nio.file.Path;

/// The parts of this package, put together.
public final class RecordParts {

  /// The account and Region that everything exists in.
  public final Home home;

  public final Catalog catalog;
  public final Members members;
  public final NamedClusters namedClusters;
  public final NamedInstances namedInstances;

  /// @param memory the folder where it is remembered what exists
  public RecordParts(Path memory, Home home) {
    this.home = home;
    catalog = new Catalog(memory);
    members = new Members(catalog);
    namedClusters = new NamedClusters(catalog, home);
    namedInstances = new NamedInstances(catalog, home);
  }
}
