package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real MariaDB for tests: the system's own, one server per JVM on a free port of 127.0.0.1, an
/// empty database per call. Ends and is deleted with the JVM.
public final class TestMariaDb {
  private static final Secret PASSWORD = Secret.masterPassword("test-Passw0rd!");
  private static final Path SCRIPTS = Path.of("/usr/share/mysql");
  private static final AtomicInteger DATABASES = new AtomicInteger();

  /// Named `mysql_…` up to 10.11, `mariadb_…` after that.
  private static final List<String> TABLES =
      List.of("_system_tables.sql", "_performance_tables.sql", "_system_tables_data.sql");

  private static TestMariaDb running;

  private final Path home;
  private final int port;
  private final Process server;

  private TestMariaDb(Path home, int port, Process server) {
    this.home = home;
    this.port = port;
    this.server = server;
  }

  /// An empty database of its own, on the server of this JVM.
  public static synchronized JdbcTarget freshDatabase() {
    try {
      if (running == null) {
        running = start();
      }
      String name = "test_" + DATABASES.incrementAndGet();
      try (Connection admin = connect(running.target("mysql"))) {
        admin.createStatement().execute("CREATE DATABASE " + name);
      }
      return running.target(name);
    } catch (IOException | SQLException | InterruptedException failed) {
      throw new IllegalStateException(
          "no MariaDB for tests (Debian, Ubuntu: apt-get install mariadb-server-core)", failed);
    }
  }

  /// A session in a database of [#freshDatabase], as an ordinary application would open it.
  public static Connection connect(JdbcTarget target) throws SQLException {
    return DriverManager.getConnection(
        target.endpoint().jdbcUrl(), target.user().value(), target.password().reveal());
  }

  private JdbcTarget target(String database) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            Engine.AURORA_MYSQL,
            "127.0.0.1",
            new Port(port),
            new DatabaseName(database),
            new MasterUsername("master")),
        PASSWORD);
  }

  private static TestMariaDb start() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory(Path.of("/var/tmp"), "db-artifact-mariadb-");
    Path data = Files.createDirectory(home.resolve("data"));
    if (root()) {
      run(List.of("chown", "-R", "nobody", home.toString()));
    }
    fill(home, data);
    int port = freePort();
    Process server =
        program(
                home,
                data,
                "--port=" + port,
                "--bind-address=127.0.0.1",
                "--socket=" + data.resolve("s"),
                "--innodb-flush-log-at-trx-commit=0")
            .start();
    var mariaDb = new TestMariaDb(home, port, server);
    Runtime.getRuntime().addShutdownHook(new Thread(mariaDb::stop));
    mariaDb.awaitAnswer();
    return mariaDb;
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
        .append("create user master identified by '%s';\n".formatted(PASSWORD.reveal()))
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
    if (root()) {
      command.add("--user=nobody");
    }
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(home.resolve("server.log").toFile()));
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    SQLException last = null;
    for (int attempt = 0; attempt < 500 && server.isAlive(); attempt++) {
      try (Connection _ = connect(target("mysql"))) {
        return;
      } catch (SQLException notYet) {
        last = notYet;
        server.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException(Files.readString(home.resolve("server.log")), last);
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void stop() {
    server.destroy();
    try (Stream<Path> files = Files.walk(home)) {
      if (!server.waitFor(10, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException asked) {
      Thread.currentThread().interrupt();
    }
  }
}
