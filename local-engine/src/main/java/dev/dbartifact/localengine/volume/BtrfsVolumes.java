package dev.dbartifact.localengine.volume;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ProgramFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/// Volumes are btrfs subvolumes, clones are their snapshots: atomic, and of the same cost for any
/// size.
final class BtrfsVolumes implements Volumes {
  /// Deleting goes on in the background, behind everything else that is written.
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @Override
  public String name() {
    return "btrfs";
  }

  @Override
  public Sharing best() {
    return Sharing.SHARED;
  }

  @Override
  public boolean atomic() {
    return true;
  }

  @Override
  public void make(Path volume) throws IOException {
    Program.run("btrfs", "subvolume", "create", volume.toString());
  }

  @Override
  public Sharing clone(Path source, Path clone, Sharing wanted) throws IOException {
    return switch (wanted) {
      case SHARED -> {
        Program.run("btrfs", "subvolume", "snapshot", source.toString(), clone.toString());
        yield Sharing.SHARED;
      }
      case SEPARATE -> {
        copyOneMoment(source, clone);
        yield Sharing.SEPARATE;
      }
    };
  }

  /// The blocks come from a snapshot, so that the copy shows one moment however long it takes.
  private void copyOneMoment(Path source, Path clone) throws IOException {
    var moment = clone.resolveSibling(clone.getFileName() + ".moment");
    // Not read-only: should this be cut off, it could not be moved to the trash.
    Program.run("btrfs", "subvolume", "snapshot", source.toString(), moment.toString());
    try {
      make(clone);
      Trees.copy(moment, clone, "never");
    } finally {
      discard(moment);
    }
  }

  @Override
  public void discard(Path volume) throws IOException {
    try {
      Program.run("btrfs", "subvolume", "delete", volume.toString());
    } catch (ProgramFailedException e) {
      // Without privileges, and without the mount option user_subvol_rm_allowed, only an empty
      // subvolume can go.
      if (Files.exists(volume)) {
        Trees.delete(volume);
      }
    }
  }

  /// It frees them some time after they were deleted, and what is free counts once that is written.
  @Override
  public void reclaim(Path directory) throws IOException {
    for (var what : List.of("filesystem", "subvolume", "filesystem")) {
      Program.runWithin(PATIENCE, "btrfs", what, "sync", directory.toString());
    }
  }

  @Override
  public Extent measure(Path volume) throws IOException {
    var output =
        Program.run("btrfs", "filesystem", "du", "--summarize", "--raw", volume.toString());
    var columns = output.lines().reduce((first, last) -> last).orElseThrow().strip().split("\\s+");
    if (columns.length < 3) {
      throw new IOException(
          "btrfs filesystem du answered something else than sizes: " + Arrays.toString(columns));
    }
    var total = Long.parseLong(columns[0]);
    return new Extent(total, Math.min(total, Long.parseLong(columns[1])));
  }
}
