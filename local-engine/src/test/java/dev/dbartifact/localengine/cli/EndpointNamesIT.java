package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/// `--endpoint-names` on the command line, with an engine that is a process of its own.
class EndpointNamesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String OTHERS = "127.0.0.1 localhost\n";

  @TempDir Path temporary;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private EngineDirectory directory;
  private Path hosts;
  private Process process;

  @BeforeEach
  void prepare() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    directory = new EngineDirectory(temporary.resolve("data"));
    hosts = Files.writeString(temporary.resolve("hosts"), OTHERS);
  }

  @AfterEach
  void remove() throws Exception {
    assertThat(command("reset", "--yes")).as(said()).isZero();
    assertThat(directory.root()).doesNotExist();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private int command(String command, String... words) {
    said.reset();
    var printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(InputStream.nullInputStream(), printer, printer, Map.of());
    var line = new ArrayList<>(List.of(command, "--data-dir", directory.toString()));
    line.addAll(List.of(words));
    return new Main(terminal).run(line.toArray(String[]::new));
  }

  private RunningEngine launch(String... options) throws Exception {
    var log = temporary.resolve("said.log");
    var line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start",
                "--port",
                "0",
                "--data-dir",
                directory.toString()));
    line.addAll(List.of(options));
    process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      var running = RunningEngine.find(directory);
      if (running.isPresent()) {
        return running.get();
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    throw new AssertionError("The engine does not answer: " + Files.readString(log));
  }

  private static String create(RunningEngine engine) {
    var key = AwsBasicCredentials.create(engine.key().id(), engine.key().secret());
    try (var rds =
        RdsClient.builder()
            .endpointOverride(engine.endpoint())
            .region(Region.of(engine.region()))
            .credentialsProvider(StaticCredentialsProvider.create(key))
            .httpClient(UrlConnectionHttpClient.create())
            .build()) {
      return rds.createDBCluster(request ->
              request
                  .dbClusterIdentifier("shop")
                  .engine("aurora-postgresql")
                  .masterUsername("shop")
                  .masterUserPassword("correct-horse"))
          .dbCluster()
          .endpoint();
    }
  }

  @Test
  void namesAreThereFromStartToStop() throws Exception {
    var engine = launch("--endpoint-names", hosts.toString());

    var endpoint = create(engine);
    assertThat(endpoint).startsWith("shop.cluster-").endsWith(".us-west-2.rds.amazonaws.com");
    assertThat(hosts).content().startsWith(OTHERS).contains(" " + endpoint + "\n");
    assertThat(directory.ownHosts()).content().contains(" " + endpoint + "\n");
    assertThat(command("env")).isZero();
    assertThat(said()).contains("DB_ARTIFACT_HOSTS_FILE='" + directory.ownHosts() + "'");
    assertThat(command("start", "--detach", "--port", "0", "--endpoint-names", "/etc/hosts"))
        .isOne();
    assertThat(said()).contains("--endpoint-names " + hosts + ", not /etc/hosts");

    assertThat(command("stop")).as(said()).isZero();
    assertThat(hosts).hasContent(OTHERS);
    assertThat(directory.hostsFile()).doesNotExist();

    launch();
    assertThat(command("env")).isZero();
    assertThat(said()).contains("unset DB_ARTIFACT_HOSTS_FILE").doesNotContain("names/hosts");
  }

  /// What cannot be written, whoever runs this: a folder.
  @Test
  void aKilledEnginesFileThatCannotBeWrittenKeepsNobodyFromStopping() throws Exception {
    launch("--endpoint-names", hosts.toString());
    process.destroyForcibly().waitFor();
    Files.delete(hosts);
    Files.createDirectory(hosts);

    assertThat(command("stop")).as(said()).isZero();

    assertThat(said()).contains("WARNING: Could not remove the names of endpoints from " + hosts);
    assertThat(directory.address()).doesNotExist();
  }
}
