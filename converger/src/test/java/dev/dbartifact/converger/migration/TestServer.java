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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A real database server for tests, on a free port of 127.0.0.1, with an empty database per call.
/// Ends and is deleted with the JVM.
final class TestServer {
  /// That of the user `master`.
  static final Secret PASSWORD = Secret.masterPassword("test-Passw0rd!");

  private static final AtomicInteger DATABASES = new AtomicInteger();

  private final Kind kind;
  private final Path home;
  private final int port;
  private final Process process;

  private TestServer(Kind kind, Path home, int port, Process process) {
    this.kind = kind;
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /// @param always the database that is always there
  /// @param session what an ordinary application would add to its URL
  record Kind(Engine engine, String always, String session) {}

  /// A server that has just been started, once it answers.
  ///
  /// @param home goes with it; has `server.log`
  static TestServer started(Kind kind, Path home, int port, Process process)
      throws IOException, InterruptedException {
    var server = new TestServer(kind, home, port, process);
    Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
    server.awaitAnswer();
    return server;
  }

  /// An empty database of its own.
  JdbcTarget freshDatabase() {
    String name = "test_" + DATABASES.incrementAndGet();
    try (Connection admin = connect(target(kind.always()));
        var statement = admin.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
      return target(name);
    } catch (SQLException failed) {
      throw new IllegalStateException("no database for tests", failed);
    }
  }

  /// A session in a database of [#freshDatabase], as an ordinary application would open it.
  Connection connect(JdbcTarget target) throws SQLException {
    return DriverManager.getConnection(
        target.endpoint().jdbcUrl() + kind.session(),
        target.user().value(),
        target.password().reveal());
  }

  private JdbcTarget target(String database) {
    return new JdbcTarget(
        new DatabaseEndpoint(
            kind.engine(),
            "127.0.0.1",
            new Port(port),
            new DatabaseName(database),
            new MasterUsername("master")),
        PASSWORD);
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    SQLException last = null;
    for (int attempt = 0; attempt < 500 && process.isAlive(); attempt++) {
      try (Connection _ = connect(target(kind.always()))) {
        return;
      } catch (SQLException notYet) {
        last = notYet;
        process.waitFor(20, TimeUnit.MILLISECONDS);
      }
    }
    throw new IOException(Files.readString(home.resolve("server.log")), last);
  }

  private void stop() {
    process.destroy();
    try (Stream<Path> files = Files.walk(home)) {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
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

  /// Database servers refuse root, or should not run as it.
  static boolean root() {
    return System.getProperty("user.name").equals("root");
  }

  static void run(Path home, List<String> command) throws IOException, InterruptedException {
    Process running =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (running.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
