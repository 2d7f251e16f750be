package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {

  @TempDir Path data;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private static final String TABLES = "<!-- from: db-artifact-local actions --markdown -->";
  private static final String TABLES_END = "<!-- end -->";

  private int run(String... words) {
    return new Main(terminal()).run(words);
  }

  private Terminal terminal() {
    return new Terminal(
        InputStream.nullInputStream(),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("XDG_DATA_HOME", data.toString()));
  }

  @Test
  void withoutACommandItSaysHowItIsUsed() {
    assertThat(run()).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Usage: db-artifact-local COMMAND");
  }

  @Test
  void helpIsNoError() {
    assertThat(run("--help")).isZero();
    assertThat(run("start", "--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Usage: db-artifact-local COMMAND", "--data-dir DIR", data.toString());
  }

  @Test
  void anEmptyDumpIsNotLoaded() throws Exception {
    var dump = Files.createFile(data.resolve("empty.sql"));
    assertThat(run("load", "shop", dump.toString())).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("Could not load " + dump + ": the file is empty");
    assertThat(out.size()).isZero();
  }

  @Test
  void whatIsNotUnderstoodIsNamed() {
    assertThat(run("frobnicate")).isEqualTo(2);
    assertThat(run("start", "--colour")).isEqualTo(2);
    assertThat(run("start", "--port", "many")).isEqualTo(2);
    assertThat(run("start", "--region", "moon")).isEqualTo(2);
    assertThat(run("status", "--output", "yaml")).isEqualTo(2);
    assertThat(run("stop", "now")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("'frobnicate'", "--colour", "'many'", "'moon'", "text or json", "now");
  }

  /// As where a script's variable has no value: it would be the current folder.
  @ParameterizedTest
  @ValueSource(strings = {"data-dir", "endpoint-names", "misbehave"})
  void anEmptyPathIsNone(String option) {
    assertThat(run("start", "--" + option, "")).isEqualTo(2);
    assertThat(run("start", "--" + option + "=")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("--" + option + " is empty")
        .doesNotContain("could not read");
  }

  @Test
  void itKnowsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("db-artifact-local ");
  }

  @Test
  void aCommandThatNeedsAClusterSaysSo() {
    assertThat(run("logs")).isEqualTo(2);
    assertThat(run("load", "shop")).isEqualTo(2);
    assertThat(run("load", "shop", "a.sql", "b.sql")).isEqualTo(2);
    assertThat(run("load", "--as", "root", "shop", "a.sql")).isEqualTo(2);
    assertThat(run("start", "--max-clusters", "0")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(
            "Usage: db-artifact-local logs CLUSTER",
            "Usage: db-artifact-local load CLUSTER FILE",
            "Unexpected argument: b.sql",
            "--as is master or admin",
            "--max-clusters is at least 1");
  }

  @Test
  void aResetOfClustersNeedsTheEngine() {
    assertThat(run("reset", "dev", "test")).isEqualTo(1);
    assertThat(said()).contains("The local engine is not running", "start --detach");
    assertThat(out.size()).isZero();
  }

  /// A variable without a value must not become a reset of everything.
  @Test
  void aResetOfClustersIsNoResetOfEverything() {
    assertThat(run("reset", "")).isEqualTo(2);
    assertThat(run("reset", "--yes", "dev")).isEqualTo(2);
    assertThat(run("reset", "dev", "--unclaimed")).isEqualTo(2);
    assertThat(said())
        .contains(
            "The name of a cluster is empty",
            "--yes is for the removal of everything",
            "--unclaimed is for the removal of everything");
  }

  @Test
  void aClusterThatIsNotThereIsNamed() {
    assertThat(run("logs", "shop")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("There is no cluster 'shop'; there is none at all.");
  }

  @Test
  void aDamagedRegionIsAMessage() throws Exception {
    var folder = Files.createDirectory(data.resolve("engine"));
    Files.createFile(folder.resolve("engine.lock"));
    Files.write(folder.resolve("region"), new byte[] {(byte) 0xc3, 0x28, '{', '}'});

    assertThat(run("start", "--port", "0", "--data-dir", folder.toString())).isEqualTo(1);

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains(folder + "/region does not hold a Region such as us-west-2 any more")
        .doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[default]\naws_access_key_id = short\naws_secret_access_key = short\n",
        "[default]\naws_access_key_id = LKIATESTTESTTESTTEST\naws_secret_access_key = cut\n"
      })
  void damagedCredentialsAreAMessage(String text) throws Exception {
    var folder = Files.createDirectory(data.resolve("engine"));
    Files.createFile(folder.resolve("engine.lock"));
    Files.writeString(folder.resolve("credentials"), text);

    assertThat(run("start", "--port", "0", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(said())
        .contains(folder + "/credentials does not hold the engine's keys any more, nor does its")
        .doesNotContain("Exception");

    // An engine that says it is there may well be: whether it answers cannot be asked.
    Files.writeString(folder.resolve("endpoint"), "http://127.0.0.1:1 us-west-2\n");
    err.reset();
    assertThat(run("status", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(said()).contains("/credentials does not hold").doesNotContain("Exception");
  }

  @Test
  void aDamagedAnnouncementIsNoEngine() throws Exception {
    var folder = Files.createDirectory(data.resolve("engine"));
    Files.createFile(folder.resolve("engine.lock"));
    Files.writeString(folder.resolve("endpoint"), "http://nowhere at all\n");

    assertThat(run("status", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(run("stop", "--data-dir", folder.toString())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("is not running");
  }

  @Test
  void aUserWithoutANameCannotRunServers() {
    assertThatThrownBy(() -> new EngineDirectory(data).requireOwn("?"))
        .hasMessageContaining("has no name here")
        .hasMessageContaining("useradd");
  }

  @Test
  void theEngineOfAnotherUserIsNamed() {
    var owner = System.getProperty("user.name");
    assertThatThrownBy(() -> new EngineDirectory(data).requireOwn("somebody"))
        .hasMessageContaining("The engine in " + data + " belongs to user '" + owner + "'")
        .hasMessageContaining("you are 'somebody'", "--data-dir");
  }

  @Test
  void aPortThatIsTooLowIsNotCalledTaken() {
    assertThat(
            StartCommand.cannotListen(
                dev.dbartifact.localengine.http.Listening.onLoopback(80),
                new BindException("Permission denied")))
        .hasMessageContaining("may not take a port that low")
        .hasMessageNotContaining("another program");
    assertThat(
            StartCommand.cannotListen(
                dev.dbartifact.localengine.http.Listening.onLoopback(9432),
                new BindException("Address already in use")))
        .hasMessageContaining("another program has that port");
  }

  @Test
  void whoCanReachItIsChecked() {
    assertThat(run("start", "--listen", "0.0.0.0")).isEqualTo(2);
    assertThat(run("start", "--listen", "db.example")).isEqualTo(2);
    assertThat(run("start", "--cluster-addresses", "10.77.0.1/16")).isEqualTo(2);
    // Reserved for documentation by RFC 5737: no machine has them.
    assertThat(run("start", "--cluster-addresses", "203.0.113.0/24")).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .doesNotContain("Warning")
        .contains(
            "--listen 0.0.0.0 would be all addresses",
            "Give the one that clients reach",
            "--listen 'db.example' is not an IPv4 address",
            "--cluster-addresses: the range of 10.77.0.1 with /16 begins at 10.77.0.0",
            "this machine answers to none of them",
            "ip route add local 203.0.113.0/24 dev lo");
    assertThat(out.size()).isZero();
  }

  @Test
  void whatDidNotStartIsNotExplainedByAnEarlierRun() throws Exception {
    var directory = new EngineDirectory(data);
    Files.writeString(directory.log(), "an old failure\n");
    var before = Files.size(directory.log());
    Files.writeString(directory.log(), "the new failure\n", StandardOpenOption.APPEND);

    DetachedStart.gaveUp("It did not start:", directory, before, terminal());

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("the new failure")
        .doesNotContain("an old failure");
  }

  @Test
  void whatCouldNotEvenWriteItsLogTellsOfTheRoomThereIs() throws Exception {
    var directory = new EngineDirectory(data);
    Files.createFile(directory.log());

    DetachedStart.gaveUp("The local engine did not start:", directory, 0, terminal());

    assertThat(err.toString(StandardCharsets.UTF_8))
        .containsPattern("It said nothing. The file system there has [0-9.]+ [KMGT]iB left.");
  }

  @Test
  void whatDoesNotRunCanBeStoppedAndAskedFor() {
    assertThat(run("stop")).isZero();
    assertThat(run("status")).isEqualTo(1);
    assertThat(run("env")).isEqualTo(1);
    assertThat(run("reset", "--yes")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("not running", "There is nothing in");
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void whatIsNoEnginesIsNotCalledNothing_andStays() throws Exception {
    var theirs = Files.createFile(data.resolve("theirs"));

    assertThat(run("reset", "--yes", "--data-dir", data.toString())).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("There is no engine in " + data)
        .doesNotContain("nothing");
    assertThat(theirs).exists();
  }

  @Test
  void theWayToStartNamesTheDirectoryAndThePortThatWereInUse() throws Exception {
    assertThat(run("env")).isEqualTo(1);
    assertThat(said()).endsWith("start it with: db-artifact-local start --detach\n");

    var folder = Files.createDirectory(data.resolve("my engine"));
    assertThat(run("env", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(said()).endsWith(" start --detach --data-dir '" + folder + "'\n");

    // A killed engine leaves its announcement behind; nobody listens at port 1.
    Files.createFile(folder.resolve("engine.lock"));
    Files.writeString(folder.resolve("endpoint"), "http://127.0.0.1:1 us-west-2\n");
    CredentialsFile.readOrMake(folder.resolve("credentials"));
    assertThat(run("env", "--data-dir", folder.toString())).isEqualTo(1);
    assertThat(said()).endsWith(" start --detach --data-dir '" + folder + "' --port 1\n");
    assertThatThrownBy(() -> NamedCluster.running(new EngineDirectory(folder), "prod"))
        .hasMessageEndingWith(" start --detach --data-dir '" + folder + "' --port 1");
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void statusIsADocumentForMachines() {
    assertThat(run("status", "--output", "json")).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"running\" : false");
  }

  /// `-Dgolden.update=true` rewrites the tables in the document.
  @Test
  void theDocumentationSaysWhatTheActionsDo() throws Exception {
    assertThat(run("actions", "--markdown")).isZero();
    var tables = out.toString(StandardCharsets.UTF_8);
    var document = Path.of("../docs/local-engine.md");
    var text = Files.readString(document);
    var before = text.substring(0, text.indexOf(TABLES) + TABLES.length());
    var after = text.substring(text.indexOf(TABLES_END));
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(document, before + "\n\n" + tables + "\n" + after);
    }
    assertThat(Files.readString(document)).isEqualTo(before + "\n\n" + tables + "\n" + after);
  }

  @Test
  void actionsAreListed() {
    assertThat(run("actions", "--all")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .contains(
            "rds            CreateDBCluster",
            "rds            CreateGlobalCluster  (not offered)",
            "ec2            DescribeSubnets",
            "secretsmanager RotateSecret",
            "sts            GetCallerIdentity");
  }

  @Test
  void aFolderWithOtherFilesIsNeitherTakenNorEmptied() throws Exception {
    Path letters = Files.createDirectory(data.resolve("letters"));
    Path letter = Files.writeString(letters.resolve("letter.txt"), "Dear all");

    assertThat(run("start", "--data-dir", letters.toString())).isEqualTo(1);
    assertThat(run("reset", "--yes", "--data-dir", letters.toString())).isZero();

    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("is not empty and holds no engine, but 'letter.txt'")
        .contains("such as " + letters.resolve("engine"));
    assertThat(letter).exists();
  }
}
