package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.postgres.AdminSession;
import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.postgres.WalSegment;
import dev.dbartifact.localengine.program.Stages;
import dev.dbartifact.localengine.volume.Sharing;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The history of volumes with PostgreSQL on them, in volumes beside them:
///
/// ```
/// base.STORAGE.MILLIS   a clone of the volume; one or several
/// log.STORAGE           the full segments of the log since the oldest of them
/// ```
///
/// Between two looks the server keeps the log by itself, for a slot, within its own bounds
/// (`max_slot_wal_keep_size`): so it does while no engine runs.
final class PostgresHistory {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresHistory.class);

  /// The first with `recovery.signal`.
  private static final int FIRST_MAJOR = 12;

  /// Bytes of log that a server writes without anybody's doing, after a checkpoint.
  private static final long LITTLE = 1024;

  private final VolumeStore store;
  private final Servers servers;
  private final InstalledServers installed;

  private final KeptBases bases = new KeptBases();
  private final BaseSizes sizes;

  /// When the log of a storage was last written to, at the last look.
  private final Map<String, Instant> written = new ConcurrentHashMap<>();

  /// One base at a time: they are in no hurry, and flush the file system.
  private final ReentrantLock baseMaking = new ReentrantLock();

  PostgresHistory(VolumeStore store, Servers servers, InstalledServers installed) {
    this.store = store;
    this.servers = servers;
    this.installed = installed;
    this.sizes = new BaseSizes(store, bases);
  }

  /// Finds what an earlier engine kept; what belongs to no volume goes.
  void open() throws IOException {
    new LeftHistory(store).bases().forEach(bases::add);
  }

  /// See [History#since].
  Optional<Instant> since(StorageId id) {
    return bases.oldest(id.value()).map(Base::moment);
  }

  /// See [History#keep].
  void keep(StorageId id, Instant outdated, boolean eagerly) throws HostException {
    var storage = id.value();
    var stages = Stages.of("The look at the history of " + storage);
    try {
      var installation = installed.postgresOn(storage);
      if (installation.filter(each -> each.major() >= FIRST_MAJOR).isEmpty()
          || store.best() == Sharing.SEPARATE) {
        return;
      }
      if (store.space().scarce(HistoryBounds.LEAST_FREE)) {
        giveUp(storage);
        return;
      }
      var written = isWritten(storage) && isRunning(storage);
      if (written) {
        new Look(storage, installation.get()).run(eagerly);
        sizes.changed(storage);
      }
      stages.done("log and base");
      if (sizes.outdated(storage, written)) {
        measure(storage);
      }
      stages.done("sizes");
      cut(storage, outdated);
      stages.done("cut").end();
    } catch (IOException e) {
      written.remove(storage);
      throw Failures.of("Could not go on with the history of '%s'".formatted(id), e);
    }
  }

  /// What was written before a server runs is looked at when it does.
  private boolean isRunning(String storage) throws IOException {
    var running = servers.process(storage).running();
    if (!running) {
      written.remove(storage);
    }
    return running;
  }

  private void giveUp(String storage) throws IOException {
    if (new KeptLog(store, storage).exists()) {
      LOG.warn(
          "The storage is nearly full: the history of {} is given up, and begins anew when there is room",
          storage);
      forget(storage);
    }
  }

  /// Whether the log was written to since the last look, as far as the files tell. An idle server
  /// is not even asked.
  private boolean isWritten(String storage) throws IOException {
    var last = Instant.MIN;
    var wal = store.path(storage).resolve(Servers.DATA).resolve("pg_wal");
    try (var files = Files.newDirectoryStream(wal)) {
      for (var file : files) {
        var modified = modified(file);
        last = modified.isAfter(last) ? modified : last;
      }
    }
    return !last.equals(written.put(storage, last));
  }

  private static Instant modified(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (NoSuchFileException e) {
      // The server removed it: it was an old one.
      return Instant.MIN;
    }
  }

  /// What is done at a volume that was written to.
  private final class Look {
    private final String storage;
    private final Installation installation;
    private final KeptLog log;

    Look(String storage, Installation installation) {
      this.storage = storage;
      this.installation = installation;
      this.log = new KeptLog(store, storage);
    }

    void run(boolean eagerly) throws IOException {
      try (var session = servers.process(storage).session()) {
        if (!bases.of(storage).isEmpty() || eagerly || session.bytesOfLog() > LITTLE) {
          goOn(session);
        }
      }
    }

    private void goOn(AdminSession session) throws IOException {
      if (!log.exists()) {
        forget(storage);
        log.begin(installation.version());
        CrashPoint.LOG_BEGUN.reached();
      }
      var slot = session.slot(log.slot());
      if (!slot.isKeptFor()) {
        slot.drop();
        slot.make();
      }
      if (bases.of(storage).isEmpty() || takes(session)) {
        addBase(session);
        return;
      }
      LOG.warn("Parts of the log of {} are lost: its history begins anew", storage);
      forget(storage);
    }

    /// Whether the log that is kept has no gap.
    private boolean takes(AdminSession session) throws IOException {
      var current = session.segment();
      var kept = log.segments();
      var first = bases.of(storage).getFirst().first();
      var next = kept.isEmpty() ? first : kept.last().next();
      if (!WalSegment.span(kept.tailSet(first), first, next)) {
        return false;
      }
      if (next.compareTo(current) >= 0) {
        return true;
      }
      var full = log.live().tailSet(next).headSet(current);
      if (!WalSegment.span(full, next, current)) {
        return false;
      }
      log.take(full);
      CrashPoint.LOG_TAKEN.reached();
      session.slot(log.slot()).keepFrom(current);
      return true;
    }

    private void addBase(AdminSession session) throws IOException {
      var all = bases.of(storage);
      var since = all.isEmpty() ? 0 : log.bytesSince(all.getLast().first());
      if (!bounds().wantsBase(all, since, Instant.now())) {
        return;
      }
      if (!baseMaking.tryLock()) {
        // At the next look.
        written.remove(storage);
        return;
      }
      try {
        var base = new NewBase(store, servers, installation).of(storage, session);
        bases.add(base);
      } finally {
        baseMaking.unlock();
      }
    }
  }

  private HistoryBounds bounds() throws IOException {
    return HistoryBounds.within(store.space().size());
  }

  /// Lets go of the oldest bases, and of the log that only they needed.
  private void cut(String storage, Instant outdated) throws IOException {
    var all = bases.of(storage);
    while (all.size() > 1 && bounds().spares(all, bytes(storage), outdated)) {
      var rest = bases.dropOldest(storage);
      store.discard(all.getFirst().volume());
      CrashPoint.BASE_DISCARDED.reached();
      new KeptLog(store, storage).dropBefore(rest.getFirst().first());
      sizes.measure(storage);
      all = rest;
    }
  }

  /// A base of a volume that was hardly written to has next to nothing to itself; measuring it
  /// takes longer the more volumes have a share in it. Its log grows by a look alone.
  private void measure(String storage) throws IOException {
    if (hasLog(storage)) {
      sizes.measure(storage);
    } else {
      sizes.nothing(storage);
    }
  }

  private boolean hasLog(String storage) throws IOException {
    var log = new KeptLog(store, storage);
    return log.exists() && !log.segments().isEmpty();
  }

  private long bytes(String storage) throws IOException {
    var all = bases.of(storage);
    return all.isEmpty()
        ? 0
        : new KeptLog(store, storage).bytesSince(all.getFirst().first()) + sizes.bytes(storage);
  }

  /// See [History#restore]. What fails leaves a volume behind that is not complete.
  void restore(StorageId source, StorageId id, Instant time) throws IOException {
    var base =
        bases.of(source.value()).stream()
            .filter(each -> !each.moment().isAfter(time))
            .reduce((_, later) -> later)
            .orElseThrow(() -> new IOException(tooEarly(source)));
    new Restoring(store, servers, installed.postgresOn(base.volume()).orElseThrow())
        .run(base, new KeptLog(store, source.value()), id.value(), time);
  }

  private String tooEarly(StorageId source) {
    return since(source)
        .map(since -> "its history begins at " + since + ". Choose a later time")
        .orElse("no history of it is kept");
  }

  /// See [History#bytes].
  long bytes(StorageId id) throws HostException {
    try {
      return bytes(id.value());
    } catch (IOException e) {
      throw Failures.of("Could not measure the history of '%s'".formatted(id), e);
    }
  }

  /// Removes the history of a volume. Idempotent.
  void forget(String storage) throws IOException {
    sizes.forget(storage);
    written.remove(storage);
    for (var base : bases.drop(storage)) {
      store.discard(base.volume());
      CrashPoint.BASE_DISCARDED.reached();
    }
    var log = new KeptLog(store, storage);
    store.discard(log.volume());
    if (servers.process(storage).running()) {
      try (var session = servers.process(storage).session()) {
        session.slot(log.slot()).drop();
      }
    }
  }
}
