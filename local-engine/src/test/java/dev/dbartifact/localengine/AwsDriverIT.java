package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.hosts.HostsFile;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.server.PostgresHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterMember;

/// AWS's own driver for Aurora, which asks servers what cluster they are in and builds the names of
/// its instances, with nothing set but URL, user and password.
class AwsDriverIT {

  private static final String ACCOUNT = "c1sofdji2amj";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofMillis(50);

  @TempDir static Path temporary;

  private static LocalEngine engine;
  private static RdsClient rds;
  private static Path hosts;

  @BeforeAll
  static void start() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    hosts = temporary.resolve("hosts");
    var directory = temporary.resolve("data");
    var host = PostgresHost.open(directory, PostgresHost.Options.defaults());
    var options =
        TestEngine.options(directory.resolve("state"), host.storageKind())
            .at(
                Reach.LOOPBACK.named(
                    new NamedEndpoints(
                        ACCOUNT,
                        new HostsFile(hosts, ACCOUNT),
                        new HostsFile(hosts.resolveSibling("own"), ACCOUNT))));
    engine = LocalEngine.start(options, host);
    rds = TestEngine.client(engine, TestEngine.KEY);
    makePair();
  }

  @AfterAll
  static void stop() {
    rds.close();
    engine.close();
  }

  private static void makePair() {
    rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("pair")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    for (var id : List.of("pair-1", "pair-2")) {
      rds.createDBInstance(request ->
          request
              .dbInstanceIdentifier(id)
              .dbClusterIdentifier("pair")
              .dbInstanceClass("db.r6g.large")
              .engine("aurora-postgresql"));
      await(() -> isAvailable(id));
    }
  }

  @Test
  void aConnectionFollowsTheWriter() throws Exception {
    var writer = member(true);
    var reader = member(false);
    try (var client =
        new Client("jdbc:aws-wrapper:postgresql://%s/postgres".formatted(pair().endpoint()))) {
      assertThat(client.line()).isEqualTo("writer " + writer + " writes");

      rds.failoverDBCluster(request -> request.dbClusterIdentifier("pair"));

      assertThat(client.line()).as(client.errors()).isEqualTo("then " + reader + " writes");
    }
    await(() -> pair().status().equals("available"));
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

  /// The first cluster waits for a pool and a pristine database.
  private static void await(BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("Waited in vain").isLessThan(deadline);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean isAvailable(String id) {
    return rds.describeDBInstances(request -> request.dbInstanceIdentifier(id))
        .dbInstances()
        .getFirst()
        .dbInstanceStatus()
        .equals("available");
  }

  private static DBCluster pair() {
    return rds.describeDBClusters(request -> request.dbClusterIdentifier("pair"))
        .dbClusters()
        .getFirst();
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
