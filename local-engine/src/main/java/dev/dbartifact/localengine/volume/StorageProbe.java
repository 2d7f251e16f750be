package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ProgramFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what the data directory's file system can do, and chooses. What was once chosen stays:
/// volumes that are there must be found again.
final class StorageProbe {
  private static final Logger LOG = LoggerFactory.getLogger(StorageProbe.class);

  private final Path dataDirectory;
  private final PoolSize poolSize;

  StorageProbe(Path dataDirectory, PoolSize poolSize) {
    this.dataDirectory = dataDirectory;
    this.poolSize = poolSize;
  }

  VolumeStore open() throws IOException {
    Files.createDirectories(dataDirectory);
    if (Files.exists(Pool.image(dataDirectory))) {
      return inPool();
    }
    var sharing = sharing(dataDirectory);
    if (sharing.isPresent()) {
      return new VolumeStore(sharing.get(), dataDirectory, Optional.empty());
    }
    var obstacle = obstacle();
    return obstacle.isPresent() ? plain(obstacle.get()) : newPoolOrPlain();
  }

  private Optional<String> obstacle() throws IOException {
    if (poolSize.isNone()) {
      return Optional.of("none is wanted");
    }
    return hasVolumes()
        ? Optional.of("volumes are already kept there as plain copies")
        : Pool.obstacle();
  }

  private VolumeStore newPoolOrPlain() throws IOException {
    try {
      return inPool();
    } catch (IOException e) {
      Files.deleteIfExists(Pool.image(dataDirectory));
      return plain(e.getMessage());
    }
  }

  private VolumeStore inPool() throws IOException {
    try {
      var pool = Pool.open(dataDirectory, poolSize);
      return new VolumeStore(new BtrfsVolumes(), pool.mountPoint(), Optional.of(pool));
    } catch (IOException e) {
      throw new IOException(
          "Could not open the storage pool %s: %s"
              .formatted(Pool.image(dataDirectory), e.getMessage()),
          e);
    }
  }

  private VolumeStore plain(String obstacle) throws IOException {
    LOG.warn(
        "Clones will be full copies: the file system of {} cannot share blocks, and a storage pool cannot be made: {}.",
        dataDirectory,
        obstacle);
    return new VolumeStore(new CopiedVolumes(), dataDirectory, Optional.empty());
  }

  private boolean hasVolumes() throws IOException {
    var volumes = dataDirectory.resolve("volumes");
    if (!Files.isDirectory(volumes)) {
      return false;
    }
    try (var entries = Files.list(volumes)) {
      return entries.findAny().isPresent();
    }
  }

  private static Optional<Volumes> sharing(Path directory) throws IOException {
    if (subvolumesWork(directory)) {
      return Optional.of(new BtrfsVolumes());
    }
    return reflinksWork(directory) ? Optional.of(new ReflinkVolumes()) : Optional.empty();
  }

  private static boolean subvolumesWork(Path directory) throws IOException {
    if (!Files.getFileStore(directory).type().equals("btrfs") || Program.find("btrfs").isEmpty()) {
      return false;
    }
    var trial = directory.resolve("probe-subvolume");
    var volumes = new BtrfsVolumes();
    try {
      if (Files.exists(trial)) {
        volumes.discard(trial);
      }
      volumes.make(trial);
      volumes.discard(trial);
      return true;
    } catch (ProgramFailedException e) {
      LOG.debug("No subvolumes in {}: {}", directory, e.getMessage());
      return false;
    }
  }

  private static boolean reflinksWork(Path directory) throws IOException {
    var original = directory.resolve("probe-original");
    var clone = directory.resolve("probe-reflink");
    try {
      Files.write(original, new byte[64 << 10]);
      Program.run("cp", "--reflink=always", original.toString(), clone.toString());
      return true;
    } catch (ProgramFailedException e) {
      LOG.debug("No reflinks in {}: {}", directory, e.getMessage());
      return false;
    } finally {
      Files.deleteIfExists(original);
      Files.deleteIfExists(clone);
    }
  }
}
