package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;

/// `--endpoint-names` on the command line, with an engine that is a process of its own.
class EndpointNamesIT {

  private static final String OTHERS = "127.0.0.1 localhost\n";

  @TempDir Path temporary;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private EngineDirectory directory;
  private Path hosts;
  private LaunchedEngine engine;

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
    assertThat(engine.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  private int command(String command, String... words) {
    said.reset();
    return LaunchedEngine.command(directory, said, command, words);
  }

  private void launch(String... options) throws Exception {
    engine = LaunchedEngine.start(directory, temporary.resolve("said.log"), options);
  }

  private String create() {
    try (var rds = engine.client(RdsClient.builder())) {
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
    launch("--endpoint-names", hosts.toString());

    var endpoint = create();
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
    engine.process().destroyForcibly().waitFor();
    Files.delete(hosts);
    Files.createDirectory(hosts);

    assertThat(command("stop")).as(said()).isZero();

    assertThat(said()).contains("WARNING: Could not remove the names of endpoints from " + hosts);
    assertThat(directory.address()).doesNotExist();
  }
}
