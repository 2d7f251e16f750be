package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What an earlier engine kept of the history of volumes; see [PostgresHistory].
record LeftHistory(VolumeStore store) {

  /// The bases. What belongs to no volume goes, and so do those that cannot be understood.
  List<Base> bases() throws IOException {
    var bases = new ArrayList<Base>();
    for (var volume : store.names()) {
      if (Base.isOne(volume)) {
        open(volume, bases);
      } else if (KeptLog.isOne(volume) && !isNeeded(KeptLog.storageOf(volume))) {
        store.discard(volume);
      }
    }
    return bases;
  }

  private void open(String volume, List<Base> bases) throws IOException {
    var base = Base.read(store, volume);
    if (base.isPresent() && isNeeded(base.get().storage())) {
      bases.add(base.get());
    } else {
      store.discard(volume);
    }
  }

  /// Also for a volume that was set aside: it may be taken back.
  private boolean isNeeded(String storage) throws IOException {
    return store.seal(storage).isPresent() || store.aside(storage).isPresent();
  }
}
