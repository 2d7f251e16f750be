package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The space that volumes have together, and what becomes of it: it runs short, comes back with
/// what was thrown away, is promised to copies, and a pool below may break.
public final class StoreSpace {

  private static final Logger LOG = LoggerFactory.getLogger(StoreSpace.class);

  /// What busy servers may write before anybody looks again.
  private static final long SOME = 1L << 30;

  private final Path directory;

  /// Asked again and again. To find it takes a look at all that is mounted.
  private final FileStore storage;

  private final Trash trash;
  private final Optional<Pool> pool;
  private final CopyRoom copyRoom;

  StoreSpace(Path directory, Trash trash, Optional<Pool> pool) throws IOException {
    this.directory = directory;
    this.storage = Files.getFileStore(directory);
    this.trash = trash;
    this.pool = pool;
    this.copyRoom = new CopyRoom(this::free);
  }

  /// How many bytes volumes can grow by: a pool may hold more than the disk below it has left.
  private long free() throws IOException {
    var free = storage.getUsableSpace();
    return pool.isPresent() ? Math.min(free, pool.get().roomBelow()) : free;
  }

  /// Bytes that all volumes together may take.
  public long size() throws IOException {
    return storage.getTotalSpace();
  }

  /// Whether less than this share of the storage is free, or less than 1 GiB, or the disk below a
  /// pool nearly full.
  public boolean scarce(double share) throws IOException {
    return storage.getUsableSpace() < Math.max(SOME, share * storage.getTotalSpace())
        || pool.isPresent() && pool.get().scarce();
  }

  /// Whether it is so even when the bytes of what was discarded are given back, which takes
  /// moments.
  public boolean staysScarce(double share) throws IOException {
    if (scarce(share)) {
      trash.reclaim();
    }
    return scarce(share);
  }

  /// Whether nothing more can be written to any volume, after a write failed for lack of room.
  public boolean broken() throws IOException {
    return pool.isPresent() && pool.get().broken();
  }

  /// Whether volumes can be read, broken or not.
  public boolean reachable() throws IOException {
    return pool.isEmpty() || pool.get().mounted();
  }

  /// Lets volumes be written to again. Nothing may work on any of them.
  public void mend() throws IOException {
    if (pool.isPresent()) {
      pool.get().mountAgain();
    }
  }

  /// Where room is short, waits for that of the volumes that were discarded. What takes too long,
  /// or fails, is no reason not to go on: there may be room enough.
  public void makeRoom() throws IOException {
    if (scarce(0)) {
      reclaim();
    }
  }

  private void reclaim() throws InterruptedIOException {
    try {
      trash.reclaim();
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      LOG.warn("The room of what was discarded is not to be had yet: {}", e.getMessage());
    }
  }

  /// @throws IOException if the disk below is nearly full
  public void requireRoom() throws IOException {
    if (!broken()) {
      makeRoom();
    }
    if (pool.isPresent()) {
      pool.get().requireRoom();
    }
  }

  /// Room for a copy of this volume that shares nothing with it, until that is closed. Waits while
  /// it depends on what other copies leave, or on the volumes that were discarded.
  ///
  /// @param more bytes that the copy will need besides
  /// @throws IOException if the copy does not fit, or would leave no room to the servers that are
  ///   at work
  public Room roomForCopy(String name, long more) throws IOException {
    requireRoom();
    var needed = Trees.size(directory.resolve(name)) + more;
    if (copyRoom.lacks(needed)) {
      reclaim();
    }
    if (pool.isPresent() && pool.get().roomBelow() < needed) {
      pool.get().giveBackFreed();
    }
    return copyRoom.promise(needed);
  }
}
