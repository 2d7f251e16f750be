package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.fail;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// A file system of its own for a test, in a file.
public final class LoopMount implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path image;
  private final Path mountPoint;

  private LoopMount(Path image, Path mountPoint) {
    this.image = image;
    this.mountPoint = mountPoint;
  }

  /// Formats a file as XFS, which can share blocks between files.
  public static LoopMount xfs(Path directory, long bytes) throws IOException {
    require("mkfs.xfs", "xfsprogs");
    return mount(directory, bytes, List.of("mkfs.xfs", "-q", "-m", "reflink=1"));
  }

  /// Formats a file as ext4, which shares no blocks.
  ///
  /// @param options of mkfs.ext4, such as `-N` and the number of inodes
  public static LoopMount ext4(Path directory, long bytes, List<String> options)
      throws IOException {
    require("mkfs.ext4", "e2fsprogs");
    var command = new ArrayList<>(List.of("mkfs.ext4", "-q", "-m", "0"));
    command.addAll(options);
    return mount(directory, bytes, command);
  }

  /// Formats a file as btrfs.
  public static LoopMount btrfs(Path directory, long bytes) throws IOException {
    require("mkfs.btrfs", "btrfs-progs");
    return mount(directory, bytes, List.of("mkfs.btrfs", "-q"));
  }

  /// What makes a file system, and the right to mount it.
  public static void require(String program, String debianPackage) {
    Prerequisites.root("mount a file system");
    Prerequisites.require(
        Program.find(program).isPresent(),
        "There is no " + program + " of the package " + debianPackage + ".");
  }

  private static LoopMount mount(Path directory, long bytes, List<String> mkfs) throws IOException {
    var image = directory.resolve("image");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(bytes);
    }
    var command = new ArrayList<>(mkfs);
    command.add(image.toString());
    Program.run(command);
    var mountPoint = Files.createDirectory(directory.resolve("mount"));
    var disk = new LoopMount(image, mountPoint);
    disk.mount();
    return disk;
  }

  private void mount() throws IOException {
    Program.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
  }

  /// Goes on with what a power failure would have left at this moment: what the file system had
  /// written to the disk, and not what it still had in memory.
  public void cutPower() throws IOException {
    var left = image.resolveSibling("left");
    Program.run("cp", "--sparse=always", image.toString(), left.toString());
    close();
    awaitRelease(image.getParent());
    Files.move(left, image, StandardCopyOption.REPLACE_EXISTING);
    mount();
  }

  /// Where it is mounted.
  public Path path() {
    return mountPoint;
  }

  /// Waits until no device stands for a file of this folder. The kernel lets go of one only when
  /// nobody looks at it any more, such as another program that lists all of them.
  public static void awaitRelease(Path directory) throws IOException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    var devices = devices();
    while (devices.contains(directory + "/")) {
      if (System.nanoTime() > deadline) {
        fail("A device still stands for a file in " + directory + ":\n" + devices);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      devices = devices();
    }
  }

  private static String devices() throws IOException {
    return Program.run("losetup", "--list");
  }

  @Override
  public void close() throws IOException {
    Program.run("umount", mountPoint.toString());
  }
}
