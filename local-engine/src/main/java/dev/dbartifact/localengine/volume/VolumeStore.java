package dev.dbartifact.localengine.volume;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.crash.CrashPoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All volumes of one engine, by name.
///
/// ```
/// volumes/NAME/          a volume; complete when volume.json names it
///         volume.json    the seal, written last
///         pgdata/        what the database server sees
/// volumes/NAME.next/     what NAME is to be replaced by; whole when volume.json names NAME
/// unclaimed/NAME/        a volume that nothing accounts for; kept until somebody says otherwise
/// trash/UUID/            on its way out; never looks like a volume
/// ```
public final class VolumeStore implements Closeable {
  static final String UNCLAIMED = "unclaimed";
  private static final String SEAL = "volume.json";
  private static final String NEXT = ".next";
  private static final ObjectMapper JSON = new ObjectMapper();

  /// What busy servers may write before anybody looks again.
  private static final long SOME = 1L << 30;

  private final Volumes volumes;
  private final Path directory;
  private final Trash trash;
  private final Path unclaimed;
  private final Optional<Pool> pool;
  private final CopyRoom copyRoom;

  VolumeStore(Volumes volumes, Path root, Optional<Pool> pool) throws IOException {
    this.volumes = volumes;
    this.pool = pool;
    this.directory = passable(Files.createDirectories(root.resolve("volumes"))).toRealPath();
    this.copyRoom = new CopyRoom(() -> Files.getFileStore(directory).getUsableSpace());
    this.trash = new Trash(volumes, root.resolve("trash"));
    this.unclaimed = root.toRealPath().resolve(UNCLAIMED);
  }

  /// Finds the best way to keep volumes below this directory, and mounts the pool if there is one
  /// or can be one.
  ///
  /// @throws IOException if volumes are there but cannot be reached, such as those of a pool that
  ///   cannot be mounted
  public static VolumeStore open(Path dataDirectory, PoolSize poolSize) throws IOException {
    return new StorageProbe(dataDirectory, poolSize).open();
  }

  /// How volumes are kept here, for messages.
  public String kind() {
    return volumes.name();
  }

  /// See [Volumes#atomic()].
  public boolean atomic() {
    return volumes.atomic();
  }

  /// See [Volumes#best()].
  public Sharing best() {
    return volumes.best();
  }

  /// Where this volume is, or would be.
  public Path path(String name) {
    return directory.resolve(name);
  }

  /// Every volume that is there, complete or not.
  public SortedSet<String> names() throws IOException {
    try (var entries = Files.list(directory)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Volumes that were thrown away and are still there.
  public SortedSet<Path> trash() throws IOException {
    return trash.content();
  }

  /// What a complete volume says about itself; nothing if it is not there or not complete.
  public Optional<Seal> seal(String name) throws IOException {
    return sealIn(path(name), name);
  }

  /// Whether a volume has a seal that cannot be read: it was complete, or nearly.
  public boolean damaged(String name) throws IOException {
    var seal = path(name).resolve(SEAL);
    try {
      return Files.exists(seal) && JSON.readValue(Files.readString(seal), Seal.class) == null;
    } catch (JacksonException e) {
      return true;
    }
  }

  private static Optional<Seal> sealIn(Path volume, String name) throws IOException {
    try {
      var seal = JSON.readValue(Files.readString(volume.resolve(SEAL)), Seal.class);
      return Optional.of(seal).filter(found -> name.equals(found.volume()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      // The seal appears by a rename; a broken one was cut off by a power failure, before the
      // volume was complete.
      return Optional.empty();
    }
  }

  /// Makes an empty volume, which is not complete before it is sealed.
  public Path make(String name) throws IOException {
    requireRoom();
    volumes.make(path(name));
    return passable(path(name));
  }

  /// Clones a volume. The clone is not complete before it is sealed.
  public Sharing clone(String source, String name, Sharing wanted) throws IOException {
    requireRoom();
    return volumes.clone(path(source), path(name), wanted);
  }

  /// Copies one directory of a volume over the same directory of another: for what must be copied
  /// last.
  public void copyAgain(String source, String name, Path inside) throws IOException {
    var copy = path(name).resolve(inside);
    Trees.delete(copy);
    Files.createDirectory(copy);
    Trees.copy(path(source).resolve(inside), copy, "never");
  }

  /// Marks a volume complete. Atomic; on the disk only after [#harden].
  public void seal(Seal seal) throws IOException {
    write(seal, path(seal.volume()));
  }

  private static void write(Seal seal, Path volume) throws IOException {
    var target = volume.resolve(SEAL);
    var draft = target.resolveSibling(SEAL + ".new");
    Files.writeString(draft, JSON.writeValueAsString(seal) + "\n");
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The name of what a volume is to be replaced by, while that is made. It is no volume before it
  /// takes that one's place.
  public static String next(String name) {
    return name + NEXT;
  }

  /// Marks what a volume is to be replaced by as complete.
  public void sealNext(Seal seal) throws IOException {
    write(seal, path(next(seal.volume())));
  }

  /// Puts what was made for it in the place of a volume that has been discarded. From the moment on
  /// at which that was gone, the next [#finishReplacements] would do it.
  public void takePlace(String name) throws IOException {
    Files.move(path(next(name)), path(name), StandardCopyOption.ATOMIC_MOVE);
    CrashPoint.VOLUME_REPLACED.reached();
  }

  /// Whether this is what a volume is to be replaced by, whole, and that volume is gone already.
  public boolean replaces(String next) throws IOException {
    var name = replaced(next);
    return name.isPresent()
        && !Files.exists(path(name.get()), LinkOption.NOFOLLOW_LINKS)
        && sealIn(path(next), name.get()).isPresent();
  }

  private static Optional<String> replaced(String next) {
    return next.endsWith(NEXT)
        ? Optional.of(next.substring(0, next.length() - NEXT.length()))
        : Optional.empty();
  }

  /// Finishes the replacements that were cut off when the volume was gone already.
  public void finishReplacements() throws IOException {
    for (var next : names()) {
      if (replaces(next)) {
        takePlace(replaced(next).orElseThrow());
      }
    }
  }

  /// Makes sure that a sealed volume is still one after a power failure.
  public void harden(String name) throws IOException {
    sync(path(name).resolve(SEAL));
    sync(path(name));
    sync(directory);
  }

  /// Throws a volume away. From the first moment on it is no volume any more, even if this is cut
  /// off; its bytes are given back in the background, see [#awaitRemovals].
  public void discard(String name) throws IOException {
    if (Files.exists(path(name), LinkOption.NOFOLLOW_LINKS)) {
      trash.take(path(name));
    }
  }

  /// Waits until the bytes of all volumes that were discarded so far have been given back to the
  /// file system.
  void awaitRemovals() throws IOException {
    trash.await();
  }

  /// Moves a volume out of the way, for lack of anything that accounts for it. Nothing is lost:
  /// [#takeBack] makes it a volume again.
  public void setAside(String name) throws IOException {
    Files.createDirectories(
        unclaimed,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.move(path(name), unclaimed.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    sync(unclaimed);
    sync(directory);
  }

  /// Whether there was a complete volume of that name that had been set aside, and is one again.
  public boolean takeBack(String name) throws IOException {
    var aside = unclaimed.resolve(name);
    if (Files.exists(path(name)) || sealIn(aside, name).isEmpty()) {
      return false;
    }
    Files.move(aside, path(name), StandardCopyOption.ATOMIC_MOVE);
    sync(directory);
    return true;
  }

  /// Volumes that were set aside.
  SortedSet<Path> unclaimed() throws IOException {
    if (!Files.isDirectory(unclaimed)) {
      return new TreeSet<>();
    }
    try (var entries = Files.list(unclaimed)) {
      return entries.collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// Removes the volumes that were set aside, and answers how many there were.
  public int discardUnclaimed() throws IOException {
    var all = unclaimed();
    for (var volume : all) {
      volumes.discard(volume);
    }
    return all.size();
  }

  /// Removes what was thrown away and is still there.
  public void sweep() throws IOException {
    trash.empty();
  }

  /// See [Volumes#measure].
  public Extent measure(String name) throws IOException {
    return volumes.measure(path(name));
  }

  /// Bytes that all volumes together may take.
  public long size() throws IOException {
    return Files.getFileStore(directory).getTotalSpace();
  }

  /// Whether less than this share of the storage is free, or less than 1 GiB, or the disk below a
  /// pool nearly full.
  public boolean scarce(double share) throws IOException {
    var storage = Files.getFileStore(directory);
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

  /// Lets go of the pool; volumes stay.
  @Override
  public void close() throws IOException {
    try {
      trash.close();
    } finally {
      if (pool.isPresent()) {
        pool.get().close();
      }
    }
  }

  /// Where room is short, waits for that of the volumes that were discarded.
  public void makeRoom() throws IOException {
    if (scarce(0)) {
      trash.reclaim();
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
  /// it depends on what other copies leave.
  ///
  /// @param more bytes that the copy will need besides
  /// @throws IOException if the copy does not fit, or would leave no room to the servers that are
  ///   at work
  public Room roomForCopy(String name, long more) throws IOException {
    requireRoom();
    return copyRoom.promise(Trees.size(path(name)) + more);
  }

  /// Servers run as another user, and must get to their files whatever the engine's file mode mask.
  private static Path passable(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }

  private static void sync(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
