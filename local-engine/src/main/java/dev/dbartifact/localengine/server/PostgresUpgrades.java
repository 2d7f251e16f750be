package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.UpgradeLog;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Upgrades between the versions of PostgreSQL that are installed; each leaves a log.
record PostgresUpgrades(InstalledServers installed, Servers servers, Upgrading upgrading)
    implements MajorUpgrades {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresUpgrades.class);

  /// As RDS calls what `pg_upgrade` says.
  private static final String UPGRADE_LOG = "pg_upgrade_internal.log";

  @Override
  public boolean possible(String from, String to) {
    return installed.postgres().way(from, to).isPresent();
  }

  @Override
  public List<String> problems(StorageId id, String version) throws HostException {
    var way = way(id, version);
    return Failures.asking(
        "check '%s' before its upgrade".formatted(id),
        () -> installed.postgres().upgradeProblems(id.value(), way));
  }

  @Override
  public void run(StorageId id, String version, Collection<StorageId> readers)
      throws HostException {
    var way = way(id, version);
    var log = new UpgradeLog(Clock.systemUTC());
    try {
      Failures.trying(
          "upgrade '%s' to PostgreSQL %s".formatted(id, version),
          () -> upgrading.run(id.value(), way, readers, log));
    } finally {
      keep(log, id);
    }
  }

  private Upgrading.Way way(StorageId id, String version) throws HostException {
    var from = installed.of(id).version();
    return installed
        .postgres()
        .way(from, version)
        .orElseThrow(() ->
            new HostException(
                "There is no way from PostgreSQL %s to %s here".formatted(from, version)));
  }

  /// Whatever becomes of it: what has happened has happened.
  private void keep(UpgradeLog log, StorageId id) {
    try {
      servers.logs(id.value()).add(UPGRADE_LOG, log.toString(), Instant.now());
    } catch (IOException e) {
      LOG.warn("Could not write the log {} of '{}': {}", UPGRADE_LOG, id, e.getMessage());
    }
  }
}
