package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;

/// Takes a volume away, with its history and what its server leaves outside of it.
///
/// @param stuck what may still work on volumes, which stay as they are then
record Removal(
    VolumeStore store,
    Servers servers,
    Hardening hardening,
    PostgresHistory history,
    StuckPrograms stuck) {

  /// Throws it away. Idempotent.
  void run(String name) throws IOException {
    stuck.requireGone(store.path(name));
    hardening.ending(name, () -> servers.daemon(name).abandon());
    store.discard(name);
    forget(name);
  }

  /// Moves it out of the way, with all that its server has written.
  void setAside(String name) throws IOException {
    stuck.requireGone(store.path(name));
    hardening.ending(name, () -> servers.daemon(name).stop());
    servers.daemon(name).endOrphans();
    store.setAside(name);
    forget(name);
  }

  private void forget(String name) throws IOException {
    servers.clear(name);
    history.forget(name);
  }
}
