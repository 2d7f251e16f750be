package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ProgramFailedException;
import dev.dbartifact.localengine.program.StopLimit;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A btrfs file system of our own, for data directories whose file system shares no blocks: a
/// sparse file, formatted and loop-mounted. Stays mounted when the engine is killed, and is found
/// again.
final class Pool implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);
  private static final Duration UNMOUNT_LIMIT = Duration.ofSeconds(10);
  private static final Duration TRIM_LIMIT = Duration.ofMinutes(1);
  private static final Duration UNMOUNT_POLL = Duration.ofMillis(100);

  /// The pool file is sparse; were the file system below it full, the pool would break in the
  /// middle of a write.
  private static final long RESERVE = 256L << 20;

  /// The file holds every row of every cluster.
  private static final Set<PosixFilePermission> OWNER_ALONE =
      PosixFilePermissions.fromString("rw-------");

  private static final Path BLOCK_DEVICES = Path.of("/sys/block");

  private final Path image;
  private final Path mountPoint;

  /// The file system that the pool's file is in, once it was asked.
  private FileStore below;

  private Pool(Path image, Path mountPoint) {
    this.image = image;
    this.mountPoint = mountPoint;
  }

  static Path image(Path dataDirectory) {
    return dataDirectory.resolve("pool.img");
  }

  static Path mountPoint(Path dataDirectory) {
    return dataDirectory.resolve("pool");
  }

  /// Unmounts the pool if it is mounted, and answers whether it was.
  static boolean unmount(Path dataDirectory) throws IOException {
    var pool = new Pool(image(dataDirectory), mountPoint(dataDirectory));
    if (!pool.mounted()) {
      return false;
    }
    pool.unmount(UNMOUNT_LIMIT);
    return true;
  }

  /// Why this machine and user cannot have a pool; nothing if they can.
  static Optional<String> obstacle() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return Optional.of("only root can mount one");
    }
    return Stream.of("mkfs.btrfs", "btrfs", "losetup", "mount", "umount")
        .filter(program -> Program.find(program).isEmpty())
        .findFirst()
        .map(program ->
            "the program '"
                + program
                + "' is missing (Debian, Ubuntu: apt-get install btrfs-progs)");
  }

  /// Makes the pool's file if there is none, and mounts it if it is not mounted.
  static Pool open(Path dataDirectory, PoolSize size) throws IOException {
    var pool =
        new Pool(
            image(dataDirectory), Files.createDirectories(mountPoint(dataDirectory)).toRealPath());
    if (!Files.exists(pool.image)) {
      pool.format(size.within(Files.getFileStore(dataDirectory).getUsableSpace()));
    }
    Files.setPosixFilePermissions(pool.image, OWNER_ALONE);
    if (!pool.mounted()) {
      pool.mount();
    } else if (pool.broken()) {
      pool.mountAgain();
    }
    return pool;
  }

  Path mountPoint() {
    return mountPoint;
  }

  private void format(long bytes) throws IOException {
    var draft = image.resolveSibling(image.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(draft, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
    try (var file = new RandomAccessFile(draft.toFile(), "rw")) {
      file.setLength(bytes);
    }
    // One device below: a second copy of the metadata on it costs writes and saves little.
    Program.run(
        "mkfs.btrfs",
        "--quiet",
        "--metadata",
        "single",
        "--data",
        "single",
        "--nodiscard",
        draft.toString());
    Files.move(draft, image, StandardCopyOption.ATOMIC_MOVE);
  }

  /// The same file under two devices would be written by two file systems at once. A device that an
  /// engine attached and never mounted is let go.
  private void requireUnattached() throws IOException {
    for (var device : devices()) {
      var mount = mounts().filter(line -> line.startsWith(device + " ")).findFirst();
      if (mount.isPresent()) {
        var place = mount.get().split(" ")[1].replace("\\040", " ");
        throw new IOException(
            "it is already mounted, on %s. Unmount it there: umount '%s'".formatted(place, place));
      }
      detach(device);
    }
  }

  /// Those that stand for the pool's file.
  private List<String> devices() throws IOException {
    if (noneAttached()) {
      return List.of();
    }
    var names =
        Program.run(
            "losetup", "--noheadings", "--output", "NAME", "--associated", image.toString());
    return names.lines().map(String::strip).toList();
  }

  /// Whether no loop device of this machine stands for any file, as the kernel says: then no
  /// program has to be started to tell which do.
  private static boolean noneAttached() throws IOException {
    if (!Files.isDirectory(BLOCK_DEVICES)) {
      return false;
    }
    try (var devices = Files.newDirectoryStream(BLOCK_DEVICES, "loop*")) {
      for (var device : devices) {
        if (Files.exists(device.resolve("loop/backing_file"))) {
          return false;
        }
      }
    }
    return true;
  }

  /// The kernel lets go of one by itself, a little after it was unmounted.
  private void detach(String device) throws IOException {
    try {
      Program.run("losetup", "--detach", device);
    } catch (ProgramFailedException e) {
      if (devices().contains(device)) {
        throw e;
      }
    }
  }

  private static Stream<String> mounts() throws IOException {
    return Files.readString(Path.of("/proc/self/mounts")).lines();
  }

  private void mount() throws IOException {
    requireUnattached();
    // Past the page cache of the file system below: each block is cached once.
    var device =
        Program.run("losetup", "--find", "--show", "--direct-io=on", image.toString()).strip();
    try {
      Program.run(
          "mount", "-t", "btrfs", "-o", "noatime,ssd,discard=async", device, mountPoint.toString());
    } finally {
      // While mounted, this only says: let go of the file when unmounted.
      detach(device);
    }
  }

  /// Whether it can be reached at all.
  boolean mounted() throws IOException {
    return mountOptions().isPresent();
  }

  private Optional<String> mountOptions() throws IOException {
    var needle = " " + mountPoint.toString().replace(" ", "\\040") + " btrfs ";
    return mounts()
        .filter(line -> line.contains(needle))
        .map(line -> line.substring(line.indexOf(needle) + needle.length()))
        .findFirst();
  }

  /// Whether the file system below is so full that soon nothing more fits into the pool.
  boolean scarce() throws IOException {
    return below().getUsableSpace() < 2 * RESERVE;
  }

  /// Asked again and again. To find it takes a look at all that is mounted.
  private synchronized FileStore below() throws IOException {
    if (below == null) {
      below = Files.getFileStore(image);
    }
    return below;
  }

  /// @throws IOException if the file system below the pool is nearly full
  void requireRoom() throws IOException {
    var free = below().getUsableSpace();
    if (free < RESERVE) {
      throw new IOException(
          "No space left on device: the file system of %s has %d MiB free, at least %d MiB are kept for volumes that are already there"
              .formatted(image, free >> 20, RESERVE >> 20));
    }
  }

  /// How many bytes the pool's file can still grow by.
  long roomBelow() throws IOException {
    return Math.max(0, below().getUsableSpace() - RESERVE);
  }

  /// Lets the pool's file shrink by what was freed in the pool, now: by itself that takes minutes.
  void giveBackFreed() {
    try {
      Program.runWithin(TRIM_LIMIT, "fstrim", mountPoint.toString());
    } catch (IOException e) {
      LOG.warn(
          "Could not let {} shrink by what was freed in it: {}. It does so by itself, later",
          image,
          e.getMessage());
    }
  }

  /// Whether the file system has given up: it does when a write fails, as on a full disk, and takes
  /// no more writes until it is mounted anew. One that could not be mounted anew is no better.
  boolean broken() throws IOException {
    return mountOptions().map(options -> options.matches("ro\\b.*")).orElse(true);
  }

  /// Mounts it anew, as it was when it last took everything that was written.
  ///
  /// @throws IOException if something still works on it after a while
  void mountAgain() throws IOException {
    try {
      unmount(UNMOUNT_LIMIT);
    } catch (ProgramFailedException e) {
      throw busy(e);
    }
    mount();
  }

  private void unmount(Duration limit) throws IOException {
    var deadline = System.nanoTime() + limit.toNanos();
    while (mounted()) {
      try {
        Program.run("umount", mountPoint.toString());
      } catch (ProgramFailedException e) {
        if (System.nanoTime() > deadline) {
          throw e;
        }
        // Processes of servers that have ended are still on their way out.
        LockSupport.parkNanos(UNMOUNT_POLL.toNanos());
      }
    }
  }

  private IOException busy(ProgramFailedException failure) {
    return new IOException(
        "a full disk has broken it, and it cannot be mounted again while something works on it: %s. End what is left of an engine there with 'stop'; 'fuser -vm %s' shows what else it is"
            .formatted(failure.getMessage(), mountPoint),
        failure);
  }

  /// Unmounts. Where something still works on it, it stays mounted, and is found mounted next time.
  @Override
  public void close() throws IOException {
    try {
      unmount(StopLimit.UNMOUNT.duration());
    } catch (ProgramFailedException e) {
      LOG.warn("Left the storage pool mounted on {}: {}", mountPoint, e.getMessage());
    }
  }
}
