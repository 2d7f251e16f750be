package dev.dbartifact.localengine.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The archive of [BundledPostgres], apart from it: only a first start needs the classes that read
/// it, and the cache of later starts cannot hold those of a sealed package.
final class PostgresArchive {
  private PostgresArchive() {}

  static void extract(URL archive, Path target) throws IOException {
    try (var tar =
        new TarArchiveInputStream(
            new XZInputStream(new BufferedInputStream(archive.openStream())))) {
      for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(entry, tar, target);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path target)
      throws IOException {
    var path = target.resolve(entry.getName()).normalize();
    if (!path.startsWith(target)) {
      throw new IOException(
          "The PostgreSQL archive holds a path outside of it: " + entry.getName());
    }
    folder(path.getParent(), target);
    if (entry.isDirectory()) {
      folder(path, target);
    } else if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
    } else if (entry.isFile()) {
      Files.copy(content, path);
      var executable = (entry.getMode() & 0100) != 0;
      Files.setPosixFilePermissions(path, executable ? OnceMade.OPEN : OnceMade.READABLE);
    } else {
      throw new IOException(
          "The PostgreSQL archive holds something unexpected: " + entry.getName());
    }
  }

  /// Open to the account that servers run as, whatever the engine's file mode mask.
  private static void folder(Path path, Path target) throws IOException {
    if (path.startsWith(target) && !Files.isDirectory(path)) {
      folder(path.getParent(), target);
      Files.createDirectory(path);
      Files.setPosixFilePermissions(path, OnceMade.OPEN);
    }
  }
}
