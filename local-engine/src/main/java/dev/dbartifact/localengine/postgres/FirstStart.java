package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The first start of a clone, which need not wait for the disk: recovery, and what it writes, are
/// flushed right after. Should the machine lose power before, the clone is lost and known to be;
/// nothing else is, as nobody has more than moments' work in it.
///
/// Two files beside the data directory tell: `fresh`, a clone that no server has worked on, and
/// `unflushed`, which names the boot of the machine in which one began to, without waiting for the
/// disk. Both travel with a snapshot of the volume, so a clone is always made fresh again.
public record FirstStart(Path volume) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  static FirstStart of(ServerFiles files) {
    return new FirstStart(files.data().getParent());
  }

  private Path fresh() {
    return volume.resolve("fresh");
  }

  private Path unflushed() {
    return volume.resolve("unflushed");
  }

  /// Says that the volume has just been made from another.
  void comes() throws IOException {
    isOver();
    Files.writeString(fresh(), "");
  }

  /// Forgets what came with the content of another volume.
  void isOver() throws IOException {
    Files.deleteIfExists(unflushed());
    Files.deleteIfExists(fresh());
  }

  /// Whether the server may start without waiting for the disk. On return the boot is noted, whole
  /// and on the disk, if so.
  boolean begins() throws IOException {
    if (!isUnflushed() && !Files.exists(fresh())) {
      return false;
    }
    if (!isNoted()) {
      note();
    }
    Files.deleteIfExists(fresh());
    return true;
  }

  /// Whether all of a boot's name is there: a full disk takes a file, and nothing in it.
  private boolean isNoted() throws IOException {
    return isUnflushed() && Files.size(unflushed()) == boot().length();
  }

  private void note() throws IOException {
    var text = StandardCharsets.US_ASCII.encode(boot());
    try (var channel =
        FileChannel.open(
            unflushed(),
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      while (text.hasRemaining()) {
        channel.write(text);
      }
      channel.force(true);
    }
    force(volume);
  }

  /// Whether what was written may not be on the disk yet.
  public boolean isUnflushed() {
    return Files.exists(unflushed());
  }

  /// Whether the machine went down before everything was on the disk. What is there then may be any
  /// mixture of old and new pages. A name of a boot that is cut off tells of no such thing: it is
  /// on the disk, whole, before a server works on the clone.
  public boolean isLost() throws IOException {
    try {
      var noted = Files.readString(unflushed());
      var now = boot();
      return noted.length() == now.length() && !noted.equals(now);
    } catch (NoSuchFileException flushed) {
      return false;
    }
  }

  /// Brings everything that was written to the disk. From here on the server must wait for the disk
  /// by itself, or have ended.
  void ends() throws IOException {
    if (isUnflushed() && !isLost()) {
      Program.run("sync", "--file-system", volume.toString());
      Files.deleteIfExists(unflushed());
    }
  }

  private static String boot() throws IOException {
    return Files.readString(BOOT).strip();
  }

  private static void force(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
