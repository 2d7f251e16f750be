package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.FirstStart;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What opening a host does about volumes that cannot be used.
record Repair(VolumeStore store, InstalledServers installed, Removal removal) {
  private static final Logger LOG = LoggerFactory.getLogger(Repair.class);

  void run() throws IOException {
    for (var name : store.names()) {
      try {
        repair(name);
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        // As where its server does not end. All others are not to wait for it.
        LOG.warn("The volume {} is left as it is, until the next start: {}", name, e.getMessage());
      }
    }
  }

  private void repair(String name) throws IOException {
    if (store.mendSeal(name)) {
      LOG.warn(
          "The volume.json of {} was damaged or lost: the engine goes on with its copy",
          store.path(name));
    }
    if (store.replaces(name)) {
      LOG.info("{} is to take the place of a volume that is gone", name);
    } else if (store.damaged(name)) {
      removal.moveAside(name);
      LOG.warn("Set the volume {} aside, and kept it: {}", name, installed.howToTakeBack(name));
    } else if (store.seal(name).isEmpty()) {
      LOG.info("Removing the volume {}, which was never completed", name);
      removal.run(name);
    } else if (new FirstStart(store.path(name)).isLost()) {
      LOG.warn("The clone {} is lost: the machine went down moments after it was made", name);
      removal.run(name);
    } else if (Creation.outdated(name, installed.kinds())) {
      LOG.info("Removing {}, whose server is not here any more", name);
      removal.run(name);
    }
  }
}
