package dev.dbartifact.localengine.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Volumes are directories, clones are plain copies: works everywhere, and costs what the source
/// costs.
final class CopiedVolumes implements Volumes {
  @Override
  public String name() {
    return "plain copy";
  }

  @Override
  public Sharing best() {
    return Sharing.SEPARATE;
  }

  @Override
  public boolean atomic() {
    return false;
  }

  @Override
  public void make(Path volume) throws IOException {
    Files.createDirectory(volume);
  }

  @Override
  public Sharing clone(Path source, Path clone, Sharing wanted) throws IOException {
    make(clone);
    Trees.copy(source, clone, "never");
    return Sharing.SEPARATE;
  }

  @Override
  public void discard(Path volume) throws IOException {
    Trees.delete(volume);
  }

  @Override
  public Extent measure(Path volume) throws IOException {
    var total = Trees.size(volume);
    return new Extent(total, total);
  }
}
