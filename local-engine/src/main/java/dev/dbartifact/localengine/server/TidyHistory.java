package dev.dbartifact.localengine.server;

import java.time.Instant;
import java.util.Optional;

/// The history of PostgreSQL's volumes; and where there is none, the server is looked after at
/// least, so that it does not keep what nobody will ask for. What is restored is a volume that is
/// whole, or none.
record TidyHistory(PostgresHistory kept, InstalledServers installed, Making making)
    implements History {

  @Override
  public Optional<Instant> since(StorageId id) {
    return kept.since(id);
  }

  @Override
  public void keep(StorageId id, Instant outdated, boolean eagerly) throws HostException {
    kept.keep(id, outdated, eagerly);
    var server = installed.of(id);
    Failures.trying(
        "let the server of '%s' give back room".formatted(id),
        () -> server.dbms().tidy(id.value(), server.version()));
  }

  @Override
  public void forget(StorageId id) throws HostException {
    Failures.trying("give up the history of '%s'".formatted(id), () -> kept.forget(id.value()));
  }

  @Override
  public void restore(StorageId source, StorageId id, Instant time) throws HostException {
    making.trying(
        id,
        "restore '%s' as of %s to".formatted(source, time),
        () -> kept.restore(source, id, time));
  }

  @Override
  public long bytes(StorageId id) throws HostException {
    return kept.bytes(id);
  }
}
