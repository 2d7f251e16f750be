package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.List;

/// Makes new databases. A pristine one of each version is kept as a template: cloning it takes a
/// fraction of the time of making one.
final class Creation {
  /// Templates cannot be taken for storages: no [StorageId] holds a dot.
  private static final String TEMPLATE = "template.";

  /// A server of its own fills each. Many more of them than the machine has processors for only
  /// take memory, in their processes and in the threads that wait for these.
  private static final int FILLED_AT_ONCE = 4 * Runtime.getRuntime().availableProcessors();

  private final VolumeStore store;
  private final Turns turns = new Turns(FILLED_AT_ONCE);

  Creation(VolumeStore store) {
    this.store = store;
  }

  /// Makes a volume with a new database, and seals it.
  void run(String name, Dbms dbms, String version, NewDatabase database) throws IOException {
    var made = store.clone(template(dbms, version), name, store.best());
    CrashPoint.VOLUME_FILLED.reached();
    turns.take(() -> dbms.fill(name, version, database));
    CrashPoint.VOLUME_UNSEALED.reached();
    store.seal(dbms.seal(name, version), made);
    CrashPoint.VOLUME_SEALED.reached();
    store.harden(name);
  }

  synchronized String template(Dbms dbms, String version) throws IOException {
    var name = TEMPLATE + dbms.templateName(version);
    if (store.seal(name).isEmpty()) {
      dbms.process(name).abandon();
      store.discard(name);
      store.make(name);
      dbms.initialise(name, version);
      store.seal(dbms.seal(name, version), Sharing.SEPARATE);
      store.harden(name);
    }
    return name;
  }

  /// Whether this volume is the template of a version that is not installed any more.
  static boolean outdated(String name, List<Dbms> installed) {
    return name.startsWith(TEMPLATE)
        && installed.stream()
            .flatMap(dbms -> dbms.versions().stream().map(dbms::templateName))
            .noneMatch(template -> name.equals(TEMPLATE + template));
  }
}
