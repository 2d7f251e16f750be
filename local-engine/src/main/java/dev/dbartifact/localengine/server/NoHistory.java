package dev.dbartifact.localengine.server;

import java.time.Instant;
import java.util.Optional;

/// See [History#NONE].
record NoHistory() implements History {
  @Override
  public Optional<Instant> since(StorageId id) {
    return Optional.empty();
  }

  @Override
  public void keep(StorageId id, Instant outdated, boolean eagerly) {
    // There is nothing to go on with.
  }

  @Override
  public void forget(StorageId id) {
    // There is nothing to give up.
  }

  @Override
  public void restore(StorageId source, StorageId id, Instant time) throws HostException {
    throw new HostException("No earlier state of '%s' is kept".formatted(source));
  }

  @Override
  public long bytes(StorageId id) {
    return 0;
  }
}
