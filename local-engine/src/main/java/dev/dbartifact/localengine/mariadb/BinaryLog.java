package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// The files in which a server writes what replicas receive. Commits do not wait for the disk to
/// have them: the log of InnoDB, which they wait for, is enough to have everything again, but for
/// one thing. A transaction that InnoDB has prepared, and no more, is to be committed if the binary
/// log has it. That is so after a server was killed; after the machine went down, the end of the
/// binary log may be missing, or torn so that the server refuses to start.
record BinaryLog(MariaDbFiles files) {
  /// Of its files' names.
  static final String NAME = "binlog";

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  /// Whether the machine was started since the server was, or it was removed and what InnoDB has
  /// prepared is perhaps not committed yet.
  boolean isInDoubt() throws IOException {
    return Files.exists(discarded())
        || Files.exists(files.data().resolve(NAME + ".index"))
            && (!Files.exists(boot())
                || !Files.readString(boot()).equals(Files.readString(BOOT_ID)));
  }

  /// Removes it, which leaves it in doubt until it [#begins]: a server that finds something
  /// prepared and no log does not start. Replicas did not outlive the machine either: they are made
  /// anew. That it is in doubt is on the disk before anything is removed.
  void discard() throws IOException {
    Files.write(discarded(), new byte[0]);
    force(discarded());
    force(discarded().getParent());
    for (var file : all()) {
      Files.delete(file);
    }
  }

  private static void force(Path path) throws IOException {
    try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /// Whether there is one, or what is prepared for one.
  boolean isThere() throws IOException {
    return Files.exists(discarded()) || Files.exists(files.data().resolve(NAME + ".index"));
  }

  /// It was removed, and nothing is in doubt any more: there will be none.
  void ends() throws IOException {
    Files.deleteIfExists(boot());
    Files.deleteIfExists(discarded());
  }

  /// From here on it is written as long as the machine runs.
  void begins() throws IOException {
    Files.writeString(boot(), Files.readString(BOOT_ID));
    Files.deleteIfExists(discarded());
  }

  /// Besides the data, as [#boot()]: a clone of what was interrupted is in doubt, too.
  private Path discarded() {
    return files.data().resolveSibling("binlog-discarded");
  }

  /// Besides the data: a clone that is first started after the machine was is in doubt, too.
  private Path boot() {
    return files.data().resolveSibling("boot");
  }

  /// In bytes.
  long size() throws IOException {
    var size = 0L;
    for (var file : all()) {
      size += Files.size(file);
    }
    return size;
  }

  private List<Path> all() throws IOException {
    var all = new ArrayList<Path>();
    try (var files = Files.newDirectoryStream(files().data(), NAME + ".*")) {
      files.forEach(all::add);
    }
    return all;
  }
}
