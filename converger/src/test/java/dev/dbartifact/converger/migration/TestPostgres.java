package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.DatabaseName;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.MasterUsername;
import dev.dbartifact.artifact.Port;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
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
import org.tukaani.xz.XZInputStream;

/// A real PostgreSQL for tests: the binaries of Maven Central, one server per JVM on a free port of
/// 127.0.0.1, an empty database per call. Started as an unprivileged user where the test runs as
/// root, because PostgreSQL refuses root. Ends and is deleted with the JVM.
public final class TestPostgres {
  private static final Secret PASSWORD = Secret.masterPassword("test-Passw0rd!");
  private static final String NOBODY = "65534";
  private static final AtomicInteger DATABASES = new AtomicInteger();

  private static TestPostgres running;

  private final Path home;
  private final int port;
  private final Process server;

  private TestPostgres(Path home, int port, Process server) {
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
      try (Connection admin = connect(running.target("postgres"))) {
        admin.createStatement().execute("CREATE DATABASE " + name);
      }
      return running.target(name);
    } catch (IOException | SQLException | InterruptedException failed) {
      throw new IllegalStateException("no PostgreSQL for tests", failed);
    }
  }

  /// A session in a database of [#freshDatabase], as an ordinary application would open it.
  public static Connection connect(JdbcTarget target) throws SQLException {
    return DriverManager.getConnection(
        target.endpoint().jdbcUrl() + "?ApplicationName=somebody-else",
        target.user().value(),
        target.password().reveal());
  }

  private JdbcTarget target(String database) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            Engine.AURORA_POSTGRESQL,
            "127.0.0.1",
            new Port(port),
            new DatabaseName(database),
            new MasterUsername("master")),
        PASSWORD);
  }

  private static TestPostgres start() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("db-artifact-test-postgres-");
    unpack(home);
    Path password = Files.writeString(home.resolve("password"), PASSWORD.reveal());
    handOver(home);
    Path data = home.resolve("data");
    run(
        home,
        asServerUser(
            home.resolve("bin/initdb").toString(),
            "--pgdata=" + data,
            "--username=master",
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions"));
    int port = freePort();
    var postgres = new TestPostgres(home, port, launch(home, data, port));
    Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
    postgres.awaitAnswer();
    return postgres;
  }

  private static Process launch(Path home, Path data, int port) throws IOException {
    return new ProcessBuilder(
            asServerUser(
                home.resolve("bin/postgres").toString(),
                "-D" + data,
                "-p" + port,
                "-clisten_addresses=127.0.0.1",
                "-cunix_socket_directories=",
                "-cfsync=off"))
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("server.log").toFile())
        .start();
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    SQLException last = null;
    for (int attempt = 0; attempt < 500 && server.isAlive(); attempt++) {
      try (Connection _ = connect(target("postgres"))) {
        return;
      } catch (SQLException notYet) {
        last = notYet;
        server.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException(Files.readString(home.resolve("server.log")), last);
  }

  private static void unpack(Path home) throws IOException, InterruptedException {
    String archive =
        System.getProperty("os.arch").equals("aarch64")
            ? "/postgres-linux-arm_64.txz"
            : "/postgres-linux-x86_64.txz";
    Process tar =
        new ProcessBuilder("tar", "-x", "-C", home.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream packed = TestPostgres.class.getResourceAsStream(archive);
        var to = tar.getOutputStream()) {
      new XZInputStream(packed).transferTo(to);
    }
    if (tar.waitFor() != 0) {
      throw new IOException("tar could not unpack " + archive);
    }
  }

  private static void handOver(Path home) throws IOException, InterruptedException {
    if (root()) {
      run(home, List.of("chown", "-R", NOBODY + ":" + NOBODY, home.toString()));
    }
  }

  private static List<String> asServerUser(String... command) {
    var whole = new ArrayList<String>();
    if (root()) {
      whole.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    whole.addAll(List.of(command));
    return whole;
  }

  private static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  private static void run(Path home, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
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
