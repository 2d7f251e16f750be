package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The volumes of a data directory as a killed engine left them: reached without making or mounting
/// anything.
public final class LeftVolumes {

  private final Path dataDirectory;

  private LeftVolumes(Path dataDirectory) {
    this.dataDirectory = dataDirectory;
  }

  /// @param dataDirectory a real path
  public static LeftVolumes of(Path dataDirectory) {
    return new LeftVolumes(dataDirectory);
  }

  public List<Path> paths() throws IOException {
    return within("volumes");
  }

  /// Those that were set aside; see [VolumeStore#setAside].
  public List<Path> unclaimed() throws IOException {
    return within(VolumeStore.UNCLAIMED);
  }

  private List<Path> within(String name) throws IOException {
    var paths = new ArrayList<Path>();
    for (var root : List.of(dataDirectory, Pool.mountPoint(dataDirectory))) {
      var folder = root.resolve(name);
      if (Files.isDirectory(folder)) {
        try (Stream<Path> entries = Files.list(folder)) {
          paths.addAll(entries.sorted().toList());
        }
      }
    }
    return List.copyOf(paths);
  }

  /// Whether there was a mounted pool, which is unmounted now.
  ///
  /// @throws IOException if something still works on it
  public boolean unmount() throws IOException {
    return Pool.unmount(dataDirectory);
  }
}
