package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Path;

/// One way to keep volumes, which are directories, so that a clone of one is cheap. All paths lie
/// in the directory that the strategy was chosen for.
public interface Volumes {
  /// What it is called in messages: `btrfs`, `reflink` or `plain copy`.
  String name();

  /// What a clone that asks for [Sharing#SHARED] gets.
  Sharing best();

  /// Whether a clone shows one moment of its source, even while that is written to. Otherwise, the
  /// caller must make sure that files copied at different moments still fit together.
  boolean atomic();

  /// Makes an empty volume.
  void make(Path volume) throws IOException;

  /// Makes `clone` a clone of `source`. Files of the source that vanish meanwhile are left out
  /// where the strategy is not atomic. Leaves the half-made clone behind when it fails.
  ///
  /// @return how it was really made
  Sharing clone(Path source, Path clone, Sharing wanted) throws IOException;

  /// Removes a volume and all that is in it.
  void discard(Path volume) throws IOException;

  /// Brings all that was written to a volume to the disk. Whoever else writes to the same file
  /// system waits for that, too.
  default void flush(Path volume) throws IOException {
    Trees.flush(volume);
  }

  /// Waits until the file system can use again what discarded volumes took.
  ///
  /// @param directory on it
  default void reclaim(Path directory) throws IOException {}

  /// How much room a volume takes.
  Extent measure(Path volume) throws IOException;
}
