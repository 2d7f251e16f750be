package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How full the storage is.
///
/// @param pool of the storage pool, null where there is none that is mounted
/// @param disk of the file system of the data directory
record StorageRoom(Fill pool, Fill disk) {

  private static final double NEARLY_FULL = 0.9;

  /// Below this the engine makes no more volumes in a pool; see [#warnings].
  private static final long RESERVE = 256L << 20;

  /// @param bytes in all
  /// @param free what may still be used
  record Fill(long bytes, long free) {
    static Fill of(Path directory) throws IOException {
      var store = Files.getFileStore(directory);
      return new Fill(store.getTotalSpace(), store.getUsableSpace());
    }

    double used() {
      return bytes == 0 ? 0 : 1 - (double) free / bytes;
    }
  }

  static StorageRoom of(EngineDirectory directory) throws IOException {
    var pool = directory.root().resolve("pool");
    var mounted =
        Files.isDirectory(pool)
            && !Files.getFileStore(pool).equals(Files.getFileStore(directory.root()));
    return new StorageRoom(mounted ? Fill.of(pool) : null, Fill.of(directory.root()));
  }

  /// What will soon go wrong; empty where there is room.
  List<String> warnings() {
    var warnings = new ArrayList<String>();
    if (pool != null && pool.used() > NEARLY_FULL) {
      warnings.add(
          "The storage pool is %s full, %s are left: delete clusters or snapshots before writes fail."
              .formatted(percent(pool), Sizes.of(pool.free())));
    }
    if (disk.used() > NEARLY_FULL || disk.free() < 2 * RESERVE) {
      warnings.add(
          "The file system of the data directory is %s full, %s are left%s."
              .formatted(
                  percent(disk),
                  Sizes.of(disk.free()),
                  pool == null
                      ? ""
                      : "; below %s the pool takes no more volumes".formatted(Sizes.of(RESERVE))));
    }
    return warnings;
  }

  static String percent(Fill fill) {
    return "%.0f %%".formatted(fill.used() * 100);
  }
}
