package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Engine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tukaani.xz.XZInputStream;

/// A real PostgreSQL for tests: the binaries of Maven Central, one server per JVM. Started as an
/// unprivileged user where the test runs as root, because PostgreSQL refuses root.
final class TestPostgres {
  private static final String NOBODY = "65534";

  private static final TestServer.Kind KIND =
      new TestServer.Kind(Engine.AURORA_POSTGRESQL, "postgres", "?ApplicationName=somebody-else");

  private static TestServer running;

  private TestPostgres() {}

  /// The server of this JVM.
  static synchronized TestServer running() {
    try {
      if (running == null) {
        running = start();
      }
      return running;
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException("no PostgreSQL for tests", failed);
    }
  }

  private static TestServer start() throws IOException, InterruptedException {
    Path home = Files.createTempDirectory("db-artifact-test-postgres-");
    unpack(home);
    Path password = Files.writeString(home.resolve("password"), TestServer.PASSWORD.reveal());
    handOver(home);
    Path data = home.resolve("data");
    TestServer.run(
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
    int port = TestServer.freePort();
    return TestServer.started(KIND, home, port, launch(home, data, port));
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
    if (TestServer.root()) {
      TestServer.run(home, List.of("chown", "-R", NOBODY + ":" + NOBODY, home.toString()));
    }
  }

  private static List<String> asServerUser(String... command) {
    var whole = new ArrayList<String>();
    if (TestServer.root()) {
      whole.addAll(
          List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
    }
    whole.addAll(List.of(command));
    return whole;
  }
}
