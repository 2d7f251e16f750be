package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.crash.CrashPoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// All volumes of one engine, by name.
///
/// ```
/// volumes/NAME/          a volume; complete when volume.json names it
///         volume.json    the seal, written last, and a copy of it; see [Seals]
///         pgdata/        what the database server sees
/// volumes/NAME.next/     what NAME is to be replaced by; whole when volume.json names NAME
/// unclaimed/NAME/        a volume that nothing accounts for; kept until somebody says otherwise
/// trash/UUID/            on its way out; never looks like a volume
/// ```
public final class VolumeStore implements Closeable {
  static final String UNCLAIMED = "unclaimed";
  private static final String NEXT = ".next";

  private final Volumes volumes;
  private final Path directory;
  private final Trash trash;
  private final Unclaimed unclaimed;
  private final Optional<Pool> pool;
  private final StoreSpace space;
  private final KnownSeals seals = new KnownSeals();

  VolumeStore(Volumes volumes, Path root, Optional<Pool> pool) throws IOException {
    this.volumes = volumes;
    this.pool = pool;
    this.directory = passable(Files.createDirectories(root.resolve("volumes"))).toRealPath();
    this.trash = new Trash(volumes, root.resolve("trash"));
    this.unclaimed = new Unclaimed(root.toRealPath().resolve(UNCLAIMED));
    this.space = new StoreSpace(directory, trash, pool);
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
    return seals.read(path(name), name);
  }

  /// Whether a volume has a seal that cannot be read, or has lost it, and no copy of it that can
  /// be: it was complete, or nearly.
  public boolean damaged(String name) throws IOException {
    return Seals.isDamaged(path(name), name);
  }

  /// Brings back the seal of a volume that was damaged or lost, where there is a copy of it, and
  /// answers whether that had to be.
  public boolean mendSeal(String name) throws IOException {
    return Seals.mend(path(name), replaced(name).orElse(name));
  }

  /// Whether [#harden] has come to its end, in this engine or an earlier one.
  public boolean isHardened(String name) throws IOException {
    return Seals.isCopied(path(name), name);
  }

  /// Makes an empty volume, which is not complete before it is sealed.
  public Path make(String name) throws IOException {
    space.requireRoom();
    volumes.make(path(name));
    return passable(path(name));
  }

  /// Clones a volume. The clone is not complete before it is sealed.
  public Sharing clone(String source, String name, Sharing wanted) throws IOException {
    space.requireRoom();
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

  /// Marks a volume complete. Atomic; on the disk only after [#harden]. What the volume shares with
  /// no other is on the disk before: after a power failure the seal would else vouch for files that
  /// are there by their names alone.
  ///
  /// @param content whether its blocks came with those of another volume, or were written for it
  public void seal(Seal seal, Sharing content) throws IOException {
    seal(seal, seal.volume(), content);
    seals.forget(seal.volume());
  }

  private void seal(Seal seal, String name, Sharing content) throws IOException {
    if (content == Sharing.SEPARATE) {
      volumes.flush(path(name));
    }
    Seals.write(seal, path(name));
  }

  /// The name of what a volume is to be replaced by, while that is made. It is no volume before it
  /// takes that one's place.
  public static String next(String name) {
    return name + NEXT;
  }

  /// The same of what a volume is to be replaced by.
  public void sealNext(Seal seal, Sharing content) throws IOException {
    seal(seal, next(seal.volume()), content);
  }

  /// Puts what was made for it in the place of a volume that has been discarded. From the moment on
  /// at which that was gone, the next [#finishReplacements] would do it.
  public void takePlace(String name) throws IOException {
    Files.move(path(next(name)), path(name), StandardCopyOption.ATOMIC_MOVE);
    seals.forget(name);
    CrashPoint.VOLUME_REPLACED.reached();
  }

  /// Whether this is what a volume is to be replaced by, whole, and that volume is gone already.
  public boolean replaces(String next) throws IOException {
    var name = replaced(next);
    return name.isPresent()
        && !Files.exists(path(name.get()), LinkOption.NOFOLLOW_LINKS)
        && Seals.read(path(next), name.get()).isPresent();
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

  /// Makes sure that a sealed volume is still one after a power failure, and where its seal gets
  /// damaged. The copy need not be waited for: the seal is on the disk.
  public void harden(String name) throws IOException {
    if (volumes.best() == Sharing.SHARED && !volumes.atomic()) {
      // Some files were copied last, block by block, so that all fit together.
      volumes.flush(path(name));
    }
    Trees.sync(Seals.file(path(name)));
    Trees.sync(path(name));
    Trees.sync(directory);
    Seals.copy(path(name));
  }

  /// Throws a volume away. From the first moment on it is no volume any more, even if this is cut
  /// off; its bytes are given back in the background, see [#awaitRemovals].
  public void discard(String name) throws IOException {
    if (Files.exists(path(name), LinkOption.NOFOLLOW_LINKS)) {
      trash.take(path(name));
    }
    seals.forget(name);
  }

  /// Waits until the bytes of all volumes that were discarded so far have been given back to the
  /// file system.
  void awaitRemovals() throws IOException {
    trash.await();
  }

  /// Moves a volume out of the way, for lack of anything that accounts for it. Nothing is lost:
  /// [#takeBack] makes it a volume again.
  public void setAside(String name) throws IOException {
    unclaimed.take(path(name));
  }

  /// Whether there was a complete volume of that name that had been set aside, and is one again.
  public boolean takeBack(String name) throws IOException {
    return unclaimed.giveBack(path(name));
  }

  /// Where a volume is that was set aside, if it is there.
  public Optional<Path> aside(String name) {
    return Optional.of(unclaimed.folder().resolve(name)).filter(Files::isDirectory);
  }

  /// Whether one that was set aside is complete: [#takeBack] would do.
  public boolean isWholeAside(String name) throws IOException {
    return unclaimed.isWhole(name);
  }

  /// Volumes that were set aside.
  public SortedSet<Path> unclaimed() throws IOException {
    return unclaimed.all();
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

  /// The space that all volumes have together.
  public StoreSpace space() {
    return space;
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

  /// Servers run as another user, and must get to their files whatever the engine's file mode mask.
  private static Path passable(Path directory) throws IOException {
    return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
  }
}
