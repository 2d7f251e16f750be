package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import dev.dbartifact.localengine.mariadb.MariaDbProcess;
import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;

/// A host with clusters on MariaDB, opened once for all tests of a class.
abstract class MariaDbHostFixture extends OpenHostFixture implements VolumesUnderTest {
  static final StorageId READER = new StorageId("reader-1");
  static final String REPLICAS =
      "SELECT count(*) FROM mysql.global_priv WHERE user LIKE 'rdsrepladmin%'";

  /// How long a statement of a replica may take, in seconds, whatever is chosen for others.
  static final String PATIENCE_WITH_REPLICAS =
      "SELECT json_value(priv, '$.max_statement_time') FROM mysql.global_priv WHERE user LIKE 'rdsrepladmin%'";

  static final String KEPT = "SELECT @@binlog_expire_logs_seconds";
  static final String TABLES =
      "SELECT count(*) FROM information_schema.tables WHERE table_name = '%s'";

  @Override
  Path prepare(Path temporary) throws IOException {
    return inside(temporary);
  }

  @BeforeAll
  void requireMariaDb() {
    var there = !host.installedVersions(ServerKind.MARIADB).isEmpty();
    var message = "MariaDB is not installed. " + host.advice(ServerKind.MARIADB);
    Prerequisites.require(there, message);
  }

  static Sql master(Listen listen) {
    return as(listen, "root", PASSWORD);
  }

  static Sql as(Listen listen, String user, String password) {
    return new Sql(ServerKind.MARIADB, listen, user, password, "shop");
  }

  String version() {
    return host.installedVersions(ServerKind.MARIADB).getFirst();
  }

  void create(StorageId id) throws HostException {
    host.create(
        id,
        new NewDatabase(
            ServerKind.MARIADB, version(), "root", new Secret(PASSWORD), Optional.of("shop")));
  }

  Sql started(StorageId id) throws Exception {
    var listen = freeAddress();
    host.start(id, listen);
    return master(listen);
  }

  /// At its source's port, at another address.
  Sql follow(Sql source, StorageId id, Map<String, String> parameters) throws HostException {
    var reader = reader(source, id);
    host.follow(SOURCE, id, reader.listen(), parameters);
    return reader;
  }

  static Sql reader(Sql source, StorageId id) {
    return master(elsewhere(source.listen()));
  }

  void awaitReceived(Sql source, StorageId reader) throws Exception {
    var written = source.value("SELECT @@gtid_binlog_pos");
    await(written, PATIENCE, () -> EngineStatements.received(server(reader)).equals(written));
  }

  String pid(StorageId id) throws IOException {
    return Files.readString(server(id).files().socketFolder().resolve("pid")).strip();
  }

  MariaDbProcess server(StorageId id) throws IOException {
    return ServerDirectories.at(dataDirectory.toRealPath()).mariaDb(id.value(), Path.of("/"));
  }

  void kill(StorageId id) throws Exception {
    var server = ProcessHandle.of(Long.parseLong(pid(id))).orElseThrow();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);
  }

  Path data() {
    return volume(SOURCE).resolve("mariadb");
  }

  long logged() throws IOException {
    try (var files = Files.newDirectoryStream(data(), "binlog.*")) {
      var bytes = 0L;
      for (var file : files) {
        bytes += Files.size(file);
      }
      return bytes;
    }
  }

  /// Whether the server knows of one that it follows.
  static boolean replicationOf(Sql server) throws SQLException {
    try (var connection = server.connect();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW REPLICA STATUS")) {
      return rows.next();
    }
  }
}
