package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.RealEngine.Kind;
import dev.dbartifact.localengine.hosts.HostsFile;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/// AWS's own driver for Aurora, which asks servers what cluster they are in and builds the names of
/// its instances, with nothing set but URL, user and password.
class AwsDriverIT {

  private static final String ACCOUNT = "c1sofdji2amj";

  @TempDir static Path temporary;

  private static RealEngine engine;
  private static Path hosts;

  @BeforeAll
  static void start() throws Exception {
    hosts = temporary.resolve("hosts");
    var names =
        new NamedEndpoints(
            ACCOUNT,
            new HostsFile(hosts, ACCOUNT),
            new HostsFile(hosts.resolveSibling("own"), ACCOUNT));
    engine = RealEngine.start(temporary, options -> options.at(Reach.LOOPBACK.named(names)));
    engine.cluster(Kind.POSTGRES, "pair");
    engine.instance(Kind.POSTGRES, "pair-2", "pair");
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  @Test
  void aConnectionFollowsTheWriter() throws Exception {
    var writer = member(true);
    var reader = member(false);
    try (var client =
        new Client("jdbc:aws-wrapper:postgresql://%s/postgres".formatted(pair().endpoint()))) {
      assertThat(client.line()).isEqualTo("writer " + writer + " writes");

      engine.rds().failoverDBCluster(request -> request.dbClusterIdentifier("pair"));

      assertThat(client.line()).as(client.errors()).isEqualTo("then " + reader + " writes");
    }
    RealEngine.await("the end of the failover", () -> pair().status().equals("available"));
  }

  @Test
  void readsGoToAReader() throws Exception {
    var url = "jdbc:aws-wrapper:postgresql://%s/postgres".formatted(pair().endpoint());
    var writer = member(true);
    try (var client = new Client(url, "readWriteSplitting,failover,efm2")) {
      assertThat(client.line()).isEqualTo("writer " + writer + " writes");
      assertThat(client.line()).isEqualTo("reader " + member(false) + " reads");
      assertThat(client.line()).isEqualTo("writer " + writer + " writes");
    }
  }

  private static DBCluster pair() {
    return engine.describe("pair");
  }

  private static String member(boolean writer) {
    return pair().dbClusterMembers().stream()
        .filter(each -> each.isClusterWriter() == writer)
        .map(DBClusterMember::dbInstanceIdentifier)
        .findFirst()
        .orElseThrow();
  }

  /// A JVM that looks names up in the engine's file, as one would with `/etc/hosts`.
  private static final class Client implements AutoCloseable {

    private final Path errors;
    private final Process process;
    private final BufferedReader output;

    Client(String... args) throws IOException {
      errors = Files.createTempFile(temporary, "client", ".log");
      var line =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djdk.net.hosts.file=" + hosts,
                  "-cp",
                  System.getProperty("java.class.path"),
                  AwsDriverClient.class.getName()));
      line.addAll(List.of(args));
      process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
      output = process.inputReader();
    }

    /// The next one that it prints; what it says of errors where it ends instead.
    String line() throws IOException {
      var line = output.readLine();
      return line == null ? errors() : line;
    }

    String errors() throws IOException {
      return Files.readString(errors);
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}
