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
    moveAside(name);
    forget(name);
  }

  /// The same of one that is to come back: its history, and what its server has said, wait for it.
  void moveAside(String name) throws IOException {
    stuck.requireGone(store.path(name));
    hardening.ending(name, () -> servers.daemon(name).stop());
    servers.daemon(name).endOrphans();
    store.setAside(name);
  }

  /// Throws away what was set aside, with what has waited for it, and answers how many volumes that
  /// were.
  int discardAside() throws IOException {
    for (var volume : store.unclaimed()) {
      var name = volume.getFileName().toString();
      if (store.seal(name).isEmpty()) {
        forget(name);
      }
    }
    return store.discardUnclaimed();
  }

  private void forget(String name) throws IOException {
    servers.clear(name);
    history.forget(name);
  }
}
