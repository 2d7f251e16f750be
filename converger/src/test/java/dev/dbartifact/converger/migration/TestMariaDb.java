package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A real MariaDB for tests: the system's own, one server per JVM.
final class TestMariaDb {
  private static final Path SCRIPTS = Path.of("/usr/share/mysql");

  /// Named `mysql_…` up to 10.11, `mariadb_…` after that.
  private static final List<String> TABLES =
      List.of("_system_tables.sql", "_performance_tables.sql", "_system_tables_data.sql");

  private static final TestServer.Kind KIND = new TestServer.Kind(Engine.AURORA_MYSQL, "mysql", "");

  private static TestServer running;

  private TestMariaDb() {}

  /// The server of this JVM.
  static synchronized TestServer running() {
    try {
      if (running == null) {
        running = start();
      }
      return running;
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(
          "no MariaDB for tests (Debian, Ubuntu: apt-get install mariadb-server-core)", failed);
    }
  }

  private static TestServer start() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(Path.of("/var/tmp"), "db-artifact-mariadb-");
    Path data = Files.createDirectory(home.resolve("data"));
    if (TestServer.root()) {
      TestServer.run(home, List.of("chown", "-R", "nobody", home.toString()));
    }
    fill(home, data);
    int port = TestServer.freePort();
    Process server =
        program(
                home,
                data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + data.resolve("s"),
                "--innodb-flush-log-at-trx-commit=0")
            .start();
    return TestServer.started(KIND, home, port, server);
  }

  /// As `mariadb-install-db` does it. The server reads a statement a line here.
  private static void fill(Path home, Path data) throws IOException, InterruptedException {
    var sql =
        new StringBuilder("create database mysql;\nuse mysql;\nset @auth_root_socket=null;\n");
    for (String name : TABLES) {
      Path mysql = SCRIPTS.resolve("mysql" + name);
      sql.append(Files.readString(Files.exists(mysql) ? mysql : SCRIPTS.resolve("mariadb" + name)))
          .append('\n');
    }
    sql.append("delete from mysql.global_priv where User <> 'mariadb.sys';\nflush privileges;\n")
        .append("create user master identified by '%s';\n".formatted(TestServer.PASSWORD.reveal()))
        .append("grant all on *.* to master with grant option;\n");
    Process filling =
        program(home, data, "--bootstrap", "--max-allowed-packet=8M", "--net-buffer-length=16K")
            .start();
    try (var input = filling.getOutputStream()) {
      input.write(sql.toString().getBytes(StandardCharsets.UTF_8));
    }
    if (filling.waitFor() != 0) {
      throw new IOException(Files.readString(home.resolve("server.log")));
    }
  }

  private static ProcessBuilder program(Path home, Path data, String... options) {
    var command = new ArrayList<String>();
    command.add("mariadbd");
    command.add("--no-defaults");
    command.add("--datadir=" + data);
    command.add("--innodb-buffer-pool-size=32M");
    command.add("--innodb-use-native-aio=0");
    command.add("--skip-name-resolve");
    if (TestServer.root()) {
      command.add("--user=nobody");
    }
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("server.log").toFile()));
  }
}
