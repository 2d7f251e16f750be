package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A database server that is started directly, without the engine, with the settings of one that
/// the engine started.
///
/// @param like whose settings it has
/// @param folder where its settings, its socket and its log are
/// @param address of its own
record HandServer(RunningServer like, Path folder, String address) {
  /// Above those that the engine gives to clusters.
  private static final String ADDRESSES = "127.77.255.";

  /// Writes its settings; nothing is started.
  static HandServer prepare(RunningServer like, Path folder) throws IOException {
    var server = new HandServer(like, folder, freeAddress(like.port()));
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    for (var own : List.of("s", "log")) {
      Files.createDirectories(folder.resolve(own));
      chown(like, folder.resolve(own));
    }
    for (var rules : List.of("pg_hba.conf", "pg_ident.conf")) {
      readable(
          Files.writeString(
              folder.resolve(rules), Files.readString(like.settings().resolve(rules))));
    }
    readable(Files.writeString(folder.resolve("postgresql.conf"), server.settings()));
    return server;
  }

  /// The database of the source, as this server has it.
  Database database(Database ofSource) {
    return ofSource.at(address, like.port());
  }

  private String settings() throws IOException {
    var own =
        Map.of(
            "cluster_name", "by-hand",
            "listen_addresses", address,
            "unix_socket_directories", folder.resolve("s").toString(),
            "hba_file", folder.resolve("pg_hba.conf").toString(),
            "ident_file", folder.resolve("pg_ident.conf").toString(),
            "log_directory", folder.resolve("log").toString());
    var lines = new ArrayList<String>();
    for (var line : Files.readAllLines(like.settings().resolve("postgresql.conf"))) {
      var name = line.replaceFirst(" *=.*", "");
      lines.add(own.containsKey(name) ? "%s = '%s'".formatted(name, own.get(name)) : line);
    }
    return String.join("\n", lines) + "\n";
  }

  /// Starts it on a data directory; does not wait for it.
  Process start(Path data) throws IOException {
    return as(
            like.program().toString(),
            "-D",
            data.toString(),
            "-c",
            "config_file=" + folder.resolve("postgresql.conf"))
        .start(folder.resolve("start.log"));
  }

  /// A command that runs as the account of the servers.
  Command as(String... command) throws IOException {
    var words = new ArrayList<String>(List.of("setsid"));
    var account = like.account();
    if (!account.equals(System.getProperty("user.name"))) {
      words.addAll(
          List.of("setpriv", "--reuid=" + account, "--regid=" + group(), "--clear-groups"));
    }
    words.addAll(List.of(command));
    return new Command(words, Map.of());
  }

  private String group() throws IOException {
    return Files.readAttributes(like.data(), java.nio.file.attribute.PosixFileAttributes.class)
        .group()
        .getName();
  }

  /// Ends it at once; its data are not needed any more.
  void end(Process server) throws IOException, InterruptedException {
    if (server.isAlive()) {
      Command.of("sh", "-c", "kill -QUIT " + server.pid()).run();
    }
    if (!server.waitFor(60, TimeUnit.SECONDS)) {
      server.destroyForcibly();
      throw new IOException("The server that was started by hand did not end");
    }
  }

  private static void chown(RunningServer like, Path path) throws IOException {
    Files.setOwner(path, Files.getOwner(like.data()));
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
  }

  private static void readable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private static String freeAddress(int port) throws IOException {
    for (int last = 1; last < 255; last++) {
      try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral(ADDRESSES + last))) {
        return ADDRESSES + last;
      } catch (IOException taken) {
        // The next one may be free.
        continue;
      }
    }
    throw new IOException("No address %s* is free at port %d".formatted(ADDRESSES, port));
  }
}
