package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.MariaDbFiles;
import dev.dbartifact.localengine.mariadb.MariaDbProcess;
import dev.dbartifact.localengine.postgres.ServerFiles;
import dev.dbartifact.localengine.postgres.ServerProcess;
import dev.dbartifact.localengine.program.Daemon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;

/// Where servers keep what is not part of their volume.
///
/// @param run settings and sockets, in directories with short names; short itself, because of the
///   sockets
/// @param log a directory for each volume
record ServerDirectories(Path run, Path log) {
  static final String LOG = "log";
  private static final String SOCKET = "s";

  /// MariaDB's data directory inside a volume.
  private static final String MARIADB_DATA = "mariadb";

  /// Below the data directory, or in `/tmp` where the data directory's path leaves no room for a
  /// socket's.
  static ServerDirectories in(Path dataDirectory) throws IOException {
    var directories = at(dataDirectory);
    if (!directories.run.startsWith(dataDirectory)) {
      claim(directories.run);
    }
    return directories;
  }

  /// The same, without making anything.
  static ServerDirectories at(Path dataDirectory) {
    var run = dataDirectory.resolve("run");
    var longest =
        run.resolve(shortName("any"))
            .resolve(SOCKET)
            .toString()
            .getBytes(StandardCharsets.UTF_8)
            .length;
    if (longest > ServerFiles.LONGEST_SOCKET_DIRECTORY) {
      run = Path.of("/tmp", "db-artifact-" + shortName(dataDirectory.toString()));
    }
    return new ServerDirectories(run, dataDirectory.resolve(LOG));
  }

  /// In a directory where everybody may write, only what is ours can be trusted.
  private static void claim(Path run) throws IOException {
    if (!Files.exists(run, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(
          run, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    }
    var owner = Files.getOwner(run, LinkOption.NOFOLLOW_LINKS).getName();
    if (!Files.isDirectory(run, LinkOption.NOFOLLOW_LINKS)
        || !owner.equals(System.getProperty("user.name"))) {
      throw new IOException(
          "%s is not a directory of ours (it belongs to %s); remove it".formatted(run, owner));
    }
  }

  ServerFiles files(String volume, Path data) {
    var settings = run.resolve(shortName(volume));
    return new ServerFiles(data, settings, settings.resolve(SOCKET), log.resolve(volume));
  }

  MariaDbProcess mariaDb(String volume, Path path) {
    var settings = run.resolve(shortName(volume));
    return new MariaDbProcess(
        volume,
        new MariaDbFiles(
            path.resolve(MARIADB_DATA), settings, settings.resolve(SOCKET), log.resolve(volume)));
  }

  /// The process of a volume, whichever server its files are for.
  Daemon daemon(String volume, Path path) {
    return Files.isDirectory(path.resolve(MARIADB_DATA))
        ? mariaDb(volume, path)
        : new ServerProcess(volume, files(volume, path.resolve(Servers.DATA)));
  }

  /// The volumes that had a server since they were made. That is known also where they cannot be
  /// read.
  Set<String> served() throws IOException {
    if (!Files.isDirectory(log)) {
      return Set.of();
    }
    try (var folders = Files.list(log)) {
      return folders.map(each -> each.getFileName().toString()).collect(Collectors.toSet());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Removes what lies outside of the data directory, for good.
  void erase() throws IOException {
    delete(run);
  }

  void clear(String volume) throws IOException {
    delete(run.resolve(shortName(volume)));
    delete(log.resolve(volume));
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (var content = Files.walk(directory)) {
        for (var path : content.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
    }
  }

  private static String shortName(String name) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 5);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
