package dev.dbartifact.localengine.rds.engine;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.ServerKind;

/// The parts of this package, put together.
public final class EngineParts {

  public final Versions versions;
  public final Upgrades upgrades;

  /// @param host whose installed servers stand behind the versions
  public EngineParts(DatabaseHost host) {
    versions =
        new Versions(
            host.installedVersions(ServerKind.POSTGRESQL),
            host.installedVersions(ServerKind.MARIADB),
            host.advice(ServerKind.MARIADB));
    upgrades = new Upgrades(versions, host.majorUpgrades()::possible);
  }
}
