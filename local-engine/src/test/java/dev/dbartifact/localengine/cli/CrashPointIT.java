package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.mariadb.MariaDbInstallation;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.DBSnapshot;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;

/// An engine that is killed before or after any of its side effects, in a process of its own. The
/// next engine has every cluster, finishes or undoes what was half done, and finds nothing else.
@Tag("long")
class CrashPointIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String OLD = "correct-horse";
  private static final String NEW = "battery-staple";

  /// That of a clone which is reset.
  private static final String OWN = "third-time-lucky";

  private static final Set<String> AT_REST =
      Set.of("available", "failed", "cloning-failed", "stopped");

  /// What is asked of a clone that is there.
  private static final Set<Scenario> ON_A_CLONE =
      Set.of(
          Scenario.DELETE,
          Scenario.MANAGE,
          Scenario.PORT,
          Scenario.READER,
          Scenario.REBOOT,
          Scenario.RENAME,
          Scenario.RESET,
          Scenario.RESET_WITH_READER,
          Scenario.ROTATE,
          Scenario.START,
          Scenario.STOP,
          Scenario.UNMANAGE);

  private static final Set<Scenario> RESETS =
      Set.of(
          Scenario.RESET,
          Scenario.RESET_WITH_READER,
          Scenario.RESET_WITH_HISTORY,
          Scenario.MYSQL_RESET);

  /// Where a clone that is reset has its new data when the engine is killed.
  private static final Set<CrashPoint> AFTER_THE_SWAP =
      Set.of(
          CrashPoint.VOLUME_REPLACED,
          CrashPoint.SERVER_UNSTARTED,
          CrashPoint.SERVER_LAUNCHED,
          CrashPoint.SERVER_STARTED,
          CrashPoint.PASSWORD_UNCHANGED,
          CrashPoint.PASSWORD_CHANGED,
          CrashPoint.READER_ADMITTED,
          CrashPoint.INSTANCE_AVAILABLE);

  private static final Set<Scenario> MYSQL =
      Set.of(
          Scenario.MYSQL_CLONE,
          Scenario.MYSQL_READER,
          Scenario.MYSQL_FAILOVER,
          Scenario.MYSQL_RESET);

  @TempDir static Path temporary;

  private static EngineDirectory directory;
  private static Process process;
  private static RdsClient rds;
  private static SecretsManagerClient secrets;

  /// What is asked of an engine that is about to be killed.
  enum Scenario {
    CREATE,
    CLONE,
    PASSWORD,
    MANAGE,
    UNMANAGE,
    ROTATE,
    SNAPSHOT,
    FAILOVER,
    MYSQL_READER,
    MYSQL_FAILOVER,
    HISTORY,
    LOG,
    RESTORE,
    DELETE,
    DELETE_WITH_HISTORY,
    SNAPSHOT_COPY,
    SNAPSHOT_DELETE,
    RENAME,
    PORT,
    STOP,
    START,
    REBOOT,
    READER,
    RESET,
    RESET_WITH_READER,
    RESET_WITH_HISTORY,
    MYSQL_RESET,
    MYSQL_CLONE,
    PLAIN_CREATE,
    PLAIN_BACKUP,
    PLAIN_RESTORE,
    PLAIN_DELETE
  }

  static Stream<org.junit.jupiter.params.provider.Arguments> points() {
    return Stream.of(CrashPoint.values())
        .flatMap(point ->
            Stream.of(
                    scenarios(point),
                    ofMySql(point),
                    ofPlainInstances(point),
                    ofOthers(point),
                    ofResets(point))
                .flatMap(each -> each)
                .map(scenario -> org.junit.jupiter.params.provider.Arguments.of(scenario, point)));
  }

  /// Where its readers go another way than those of PostgreSQL.
  private static Stream<Scenario> ofMySql(CrashPoint point) {
    return switch (point) {
      case VOLUME_UNMADE,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          SERVER_LAUNCHED,
          SERVER_STARTED ->
          Stream.of(Scenario.MYSQL_READER);
      case WRITER_UNSTOPPED, WRITER_STOPPED, WRITER_CHANGED -> Stream.of(Scenario.MYSQL_FAILOVER);
      default -> Stream.of();
    };
  }

  /// Where they go another way than clusters.
  private static Stream<Scenario> ofPlainInstances(CrashPoint point) {
    return switch (point) {
      case CLUSTER_UNRECORDED, CLUSTER_RECORDED, VOLUME_SEALED, CLUSTER_UNAVAILABLE ->
          Stream.of(Scenario.PLAIN_CREATE, Scenario.PLAIN_RESTORE);
      case SERVER_STARTED, INSTANCE_AVAILABLE -> Stream.of(Scenario.PLAIN_CREATE);
      case SNAPSHOT_RECORDED, SNAPSHOT_COPIED ->
          Stream.of(Scenario.PLAIN_BACKUP, Scenario.PLAIN_DELETE);
      case SNAPSHOT_AVAILABLE -> Stream.of(Scenario.PLAIN_BACKUP);
      case SNAPSHOT_DELETING,
          SNAPSHOT_DISCARDED,
          CLUSTER_DELETING,
          VOLUME_DISCARDED,
          CLUSTER_FORGOTTEN ->
          Stream.of(Scenario.PLAIN_DELETE);
      default -> Stream.of();
    };
  }

  /// Which come by points that are those of something else in the first place.
  private static Stream<Scenario> ofOthers(CrashPoint point) {
    return switch (point) {
      case SNAPSHOT_RECORDED, SNAPSHOT_COPIED, SNAPSHOT_AVAILABLE ->
          Stream.of(Scenario.SNAPSHOT_COPY);
      case VOLUME_FILLED -> Stream.of(Scenario.READER, Scenario.MYSQL_CLONE);
      case VOLUME_UNSEALED, VOLUME_SEALED, SERVER_LAUNCHED, SERVER_STARTED ->
          Stream.of(Scenario.READER, Scenario.MYSQL_CLONE);
      case VOLUME_UNMADE, CLUSTER_UNAVAILABLE, SERVER_UNSTARTED, INSTANCE_AVAILABLE ->
          Stream.of(Scenario.MYSQL_CLONE);
      case PASSWORD_ACCEPTED, PASSWORD_UNCHANGED, PASSWORD_CHANGED ->
          Stream.of(Scenario.MANAGE, Scenario.ROTATE);
      default -> Stream.of();
    };
  }

  /// What a reset comes by; those of a reader come before and after the swap, of which only one is
  /// met.
  private static Stream<Scenario> ofResets(CrashPoint point) {
    return switch (point) {
      case VOLUME_UNMADE,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          SERVER_UNSTARTED,
          SERVER_LAUNCHED,
          PASSWORD_UNCHANGED,
          INSTANCE_AVAILABLE ->
          Stream.of(Scenario.RESET);
      case SERVER_STARTED, PASSWORD_CHANGED ->
          Stream.of(Scenario.RESET, Scenario.RESET_WITH_READER, Scenario.MYSQL_RESET);
      case REPLACEMENT_READY, SERVER_KILLED, VOLUME_REPLACED, VOLUME_THROWN_AWAY ->
          Stream.of(Scenario.RESET_WITH_READER, Scenario.RESET_WITH_HISTORY, Scenario.MYSQL_RESET);
      case READER_ADMITTED -> Stream.of(Scenario.RESET_WITH_READER);
      case BASE_DISCARDED -> Stream.of(Scenario.RESET_WITH_HISTORY);
      default -> Stream.of();
    };
  }

  private static Stream<Scenario> scenarios(CrashPoint point) {
    return switch (point) {
      case CLUSTER_UNRECORDED,
          CLUSTER_RECORDED,
          VOLUME_UNMADE,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          CLUSTER_UNAVAILABLE ->
          Stream.of(Scenario.CREATE, Scenario.CLONE);
      case CLUSTER_AVAILABLE,
          SERVER_UNSTARTED,
          SERVER_LAUNCHED,
          SERVER_STARTED,
          INSTANCE_AVAILABLE ->
          Stream.of(Scenario.CLONE);
      case PASSWORD_ACCEPTED, PASSWORD_UNCHANGED, PASSWORD_CHANGED -> Stream.of(Scenario.PASSWORD);
      case SECRET_UNUSED -> Stream.of(Scenario.MANAGE);
      case SECRET_DISOWNED -> Stream.of(Scenario.UNMANAGE);
      case SECRET_STAGED, SECRET_ROTATED -> Stream.of(Scenario.ROTATE);
      case SNAPSHOT_RECORDED, SNAPSHOT_COPIED, SNAPSHOT_AVAILABLE -> Stream.of(Scenario.SNAPSHOT);
      case SNAPSHOT_DELETING, SNAPSHOT_DISCARDED -> Stream.of(Scenario.SNAPSHOT_DELETE);
      case INSTANCE_RENAMING, INSTANCE_RENAMED -> Stream.of(Scenario.RENAME);
      case PORT_CHANGED -> Stream.of(Scenario.PORT);
      case CLUSTER_STOPPING, CLUSTER_STOPPED -> Stream.of(Scenario.STOP);
      case CLUSTER_STARTING -> Stream.of(Scenario.START);
      case INSTANCE_REBOOTING, SERVER_HALTED -> Stream.of(Scenario.REBOOT);
      case READER_ADMITTED -> Stream.of(Scenario.READER);
      case WRITER_UNSTOPPED, WRITER_STOPPED, WRITER_CHANGED -> Stream.of(Scenario.FAILOVER);
      case LOG_BEGUN, BASE_UNSEALED, BASE_MADE -> Stream.of(Scenario.HISTORY);
      case LOG_TAKEN -> Stream.of(Scenario.LOG);
      case LOG_UNREPLAYED, LOG_REPLAYED -> Stream.of(Scenario.RESTORE);
      case REPLACEMENT_READY, SERVER_KILLED, VOLUME_REPLACED -> Stream.of(Scenario.RESET);
      case BASE_DISCARDED -> Stream.of(Scenario.DELETE_WITH_HISTORY);
      case INSTANCE_DELETING,
          SERVER_STOPPED,
          INSTANCE_FORGOTTEN,
          CLUSTER_DELETING,
          VOLUME_THROWN_AWAY,
          VOLUME_DISCARDED,
          CLUSTER_FORGOTTEN ->
          Stream.of(Scenario.DELETE);
    };
  }

  @BeforeAll
  static void prepare() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    directory = new EngineDirectory(temporary.resolve("data"));
    launch();
    create("prod");
    createInstance("prod");
    await("prod", CrashPointIT::settled);
    try (var connection = connect(cluster("prod"), OLD);
        var statement = connection.createStatement()) {
      statement.execute("create table orders as select generate_series(1, 1000) as id");
    }
  }

  @AfterAll
  static void remove() throws Exception {
    rds.close();
    secrets.close();
    var out = new ByteArrayOutputStream();
    var printer = new PrintStream(out, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(InputStream.nullInputStream(), printer, printer, Map.of());
    var code = new Main(terminal).run("reset", "--yes", "--data-dir", directory.toString());
    assertThat(code).as(out.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(directory.root()).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(directory.toString());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("points")
  void nothingIsHalfDone(Scenario scenario, CrashPoint point) throws Exception {
    var unclaimed = Leftovers.unclaimed(directory.root()).size();
    if (scenario == Scenario.FAILOVER) {
      createInstance("prod", "prod-2");
      await("prod", CrashPointIT::settled);
    }
    if (MYSQL.contains(scenario)) {
      createMySql(scenario == Scenario.MYSQL_FAILOVER);
    }
    if (scenario == Scenario.PLAIN_RESTORE || scenario == Scenario.PLAIN_DELETE) {
      createPlain("own");
      await("own", () -> settled() && !rds.describeDBSnapshots().dbSnapshots().isEmpty());
    }
    if (scenario == Scenario.PASSWORD) {
      setPassword(OLD);
      await("the old password", () -> isPassword(OLD));
    }
    if (scenario == Scenario.SNAPSHOT_COPY || scenario == Scenario.SNAPSHOT_DELETE) {
      snapshot("before");
    }
    if (ON_A_CLONE.contains(scenario)) {
      restore("dev");
      createInstance("dev");
      await("dev", CrashPointIT::settled);
    }
    if (scenario == Scenario.DELETE_WITH_HISTORY || scenario == Scenario.RESET_WITH_HISTORY) {
      copy("dev");
      createInstance("dev");
      awaitHistory("dev");
    }
    if (scenario == Scenario.MYSQL_RESET) {
      restore("dev", "my");
      createInstance("dev");
      await("dev", CrashPointIT::settled);
    }
    if (scenario == Scenario.RESET_WITH_READER) {
      createInstance("dev", "dev-2");
      await("dev", CrashPointIT::settled);
    }
    if (RESETS.contains(scenario)) {
      makeItsOwn("dev");
    }
    if (scenario == Scenario.RENAME) {
      rds.createDBClusterEndpoint(r ->
          r.dbClusterIdentifier("dev")
              .dbClusterEndpointIdentifier("first")
              .endpointType("ANY")
              .staticMembers("dev-1"));
    }
    if (scenario == Scenario.ROTATE || scenario == Scenario.UNMANAGE) {
      manage("dev");
      await("the secret of dev", CrashPointIT::settled);
    }
    if (scenario == Scenario.START) {
      stop("dev");
      await("dev to stop", CrashPointIT::settled);
    }
    awaitHistory("prod");
    crash(scenario, point);
    launch();
    await("rest after " + point, CrashPointIT::settled);
    if (scenario == Scenario.PASSWORD) {
      await("the new password", () -> isPassword(NEW));
    }
    whatWasAskedForIsDone(scenario, point);
    everySecretIsThatOfACluster();
    if (RESETS.contains(scenario)) {
      asBeforeOrReset("dev", scenario, point);
    }
    everyClusterAnswers(RESETS.contains(scenario));
    everyPlainInstanceAnswers(scenario);
    nothingElseIsThere(unclaimed, mayBeUnrecorded(scenario, point));
    cleanUp();
  }

  /// Where it was remembered before the end came.
  private static void whatWasAskedForIsDone(Scenario scenario, CrashPoint point)
      throws SQLException {
    switch (scenario) {
      case MANAGE ->
          assertThat(cluster("dev").masterUserSecret() == null)
              .isEqualTo(point == CrashPoint.SECRET_UNUSED);
      case UNMANAGE -> {
        assertThat(cluster("dev").masterUserSecret()).isNull();
        await("the password of dev", () -> isPassword("dev", OLD));
      }
      case ROTATE ->
          assertThat(stages(cluster("dev").masterUserSecret().secretArn()))
              .containsExactlyInAnyOrder("AWSCURRENT", "AWSPREVIOUS");
      case STOP -> {
        assertThat(cluster("dev").status()).isEqualTo("stopped");
        assertThat(servers()).as("servers of stopped clusters").isEqualTo(1);
        rds.startDBCluster(r -> r.dbClusterIdentifier("dev"));
        await("dev", () -> cluster("dev").status().equals("available") && settled());
      }
      case PORT -> assertThat(cluster("dev").port()).isEqualTo(5999);
      case RENAME -> {
        var members = cluster("dev").dbClusterMembers();
        assertThat(
                rds.describeDBClusterEndpoints(r -> r.dbClusterEndpointIdentifier("first"))
                    .dbClusterEndpoints()
                    .getFirst()
                    .staticMembers())
            .containsExactly(members.getFirst().dbInstanceIdentifier());
        var address =
            rds.describeDBClusterEndpoints(r -> r.dbClusterEndpointIdentifier("first"))
                .dbClusterEndpoints()
                .getFirst()
                .endpoint();
        assertThat(rows(cluster("dev").copy(to -> to.endpoint(address)))).isEqualTo("1000");
      }
      default -> {}
    }
  }

  /// With a password and data of its own.
  private static void makeItsOwn(String id) throws SQLException {
    setPassword(id, OWN);
    await("the password of " + id, () -> isPassword(id, OWN) && settled());
    try (var connection = connect(cluster(id), OWN);
        var statement = connection.createStatement()) {
      statement.execute("delete from orders where id > 500");
    }
  }

  /// Never something in between; and the password is its own either way.
  private static void asBeforeOrReset(String id, Scenario scenario, CrashPoint point)
      throws SQLException {
    // Elsewhere a reader, or the history, is thrown away first.
    var ofClone = scenario == Scenario.MYSQL_RESET && point == CrashPoint.VOLUME_THROWN_AWAY;
    var reset = AFTER_THE_SWAP.contains(point) || ofClone;
    var cluster = cluster(id);
    try (var connection = connect(cluster, OWN)) {
      assertThat(rows(connection)).as("rows of " + id).isEqualTo(reset ? "1000" : "500");
    }
    assertThat(isPassword(id, OLD)).as("the source's password opens " + id).isFalse();
    try (var connection = connect(cluster.copy(to -> to.endpoint(cluster.readerEndpoint())), OWN)) {
      await(
          "its reader",
          () -> {
            try {
              return rows(connection).equals(reset ? "1000" : "500");
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }

  private static void everySecretIsThatOfACluster() {
    var used =
        rds.describeDBClusters().dbClusters().stream()
            .filter(each -> each.masterUserSecret() != null)
            .map(each -> each.masterUserSecret().secretArn())
            .toList();
    assertThat(secrets.listSecrets().secretList())
        .extracting(SecretListEntry::arn)
        .containsExactlyInAnyOrderElementsOf(used);
  }

  private static List<String> stages(String secret) {
    return secrets.describeSecret(r -> r.secretId(secret)).versionIdsToStages().values().stream()
        .flatMap(List::stream)
        .toList();
  }

  private static void crash(Scenario scenario, CrashPoint point) throws Exception {
    Files.writeString(chosen(), point.name());
    ask(scenario);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends at " + point).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log())).isEqualTo(CrashPoint.EXIT_CODE);
    rds.close();
    secrets.close();
    Files.delete(chosen());
    Files.delete(directory.address());
  }

  private static Path chosen() {
    return temporary.resolve("crash-at");
  }

  private static Path log() {
    return temporary.resolve("engine.log");
  }

  private static void launch() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-D" + CrashPoint.PROPERTY + "=" + chosen(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "start",
                "--port",
                "0",
                "--data-dir",
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    await("the engine", () -> !process.isAlive() || Files.exists(directory.address()));
    assertThat(process.isAlive()).as(Files.readString(log())).isTrue();
    var endpoint = Files.readString(directory.address()).split(" ")[0];
    rds = client(RdsClient.builder(), endpoint);
    secrets = client(SecretsManagerClient.builder(), endpoint);
  }

  /// The engine may be gone before it answers.
  private static void ask(Scenario scenario) {
    try {
      switch (scenario) {
        case CREATE -> create("fresh");
        case CLONE -> {
          restore("dev");
          createInstance("dev");
        }
        case PASSWORD -> setPassword(NEW);
        case MANAGE -> manage("dev");
        case UNMANAGE ->
            rds.modifyDBCluster(r ->
                r.dbClusterIdentifier("dev")
                    .manageMasterUserPassword(false)
                    .masterUserPassword(OLD)
                    .applyImmediately(true));
        case ROTATE ->
            rds.modifyDBCluster(r ->
                r.dbClusterIdentifier("dev").rotateMasterUserPassword(true).applyImmediately(true));
        case SNAPSHOT -> {
          rds.createDBClusterSnapshot(
              r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier("before"));
        }
        case HISTORY -> {
          copy("dev");
          createInstance("dev");
        }
        case LOG -> writeLog();
        case RESTORE -> {
          restoreToNow("dev");
          createInstance("dev");
        }
        case MYSQL_READER -> createInstance("my", "my-2");
        case MYSQL_FAILOVER -> rds.failoverDBCluster(r -> r.dbClusterIdentifier("my"));
        case FAILOVER -> rds.failoverDBCluster(r -> r.dbClusterIdentifier("prod"));
        case DELETE, DELETE_WITH_HISTORY -> remove("dev");
        case SNAPSHOT_COPY ->
            rds.copyDBClusterSnapshot(r ->
                r.sourceDBClusterSnapshotIdentifier("before")
                    .targetDBClusterSnapshotIdentifier("kept"));
        case SNAPSHOT_DELETE ->
            rds.deleteDBClusterSnapshot(r -> r.dbClusterSnapshotIdentifier("before"));
        case RENAME ->
            rds.modifyDBInstance(r ->
                r.dbInstanceIdentifier("dev-1")
                    .newDBInstanceIdentifier("dev-9")
                    .applyImmediately(true));
        case PORT ->
            rds.modifyDBCluster(
                r -> r.dbClusterIdentifier("dev").port(5999).applyImmediately(true));
        case STOP -> stop("dev");
        case START -> rds.startDBCluster(r -> r.dbClusterIdentifier("dev"));
        case REBOOT -> rds.rebootDBInstance(r -> r.dbInstanceIdentifier("dev-1"));
        case READER -> createInstance("dev", "dev-2");
        case RESET, RESET_WITH_READER, RESET_WITH_HISTORY, MYSQL_RESET -> reset("dev");
        case MYSQL_CLONE -> {
          restore("dev", "my");
          createInstance("dev");
        }
        case PLAIN_CREATE, PLAIN_BACKUP -> createPlain("own");
        case PLAIN_RESTORE ->
            rds.restoreDBInstanceToPointInTime(r ->
                r.sourceDBInstanceIdentifier("own")
                    .targetDBInstanceIdentifier("copy")
                    .useLatestRestorableTime(true));
        case PLAIN_DELETE ->
            rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier("own").finalDBSnapshotIdentifier("last"));
      }
    } catch (SdkException e) {
      // That is the end; whether it came where it should is checked by the exit code.
    }
  }

  private static void reset(String id) {
    var out = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
    new Main(new Terminal(InputStream.nullInputStream(), out, out, Map.of()))
        .run("reset", id, "--data-dir", directory.toString());
  }

  /// Until restores can go back to an earlier time than now.
  private static void awaitHistory(String id) {
    await("a history of " + id, () -> settled() && hasHistory(cluster(id)));
  }

  private static boolean hasHistory(DBCluster cluster) {
    return cluster.earliestRestorableTime().isBefore(cluster.latestRestorableTime());
  }

  /// More than a segment of it.
  private static void writeLog() {
    try (var connection = connect(cluster("prod"));
        var statement = connection.createStatement()) {
      statement.execute("create table filler (content text)");
      statement.execute("alter table filler alter content set storage external");
      statement.execute(
          "insert into filler select repeat(md5(i::text), 30000) from generate_series(1, 20) as i");
      statement.execute("drop table filler");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean settled() {
    return rds.describeDBClusters().dbClusters().stream()
            .allMatch(each ->
                AT_REST.contains(each.status())
                    && each.pendingModifiedValues() == null
                    && hasActiveSecretIfAny(each))
        && rds.describeDBInstances().dbInstances().stream()
            .allMatch(each -> Set.of("available", "stopped").contains(each.dbInstanceStatus()))
        && rds.describeDBClusterSnapshots().dbClusterSnapshots().stream()
            .allMatch(each -> AT_REST.contains(each.status()))
        && rds.describeDBSnapshots().dbSnapshots().stream()
            .allMatch(each -> AT_REST.contains(each.status()));
  }

  private static boolean hasActiveSecretIfAny(DBCluster cluster) {
    var secret = cluster.masterUserSecret();
    return secret == null || secret.secretStatus().equals("active");
  }

  private static void manage(String id) {
    rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(id).manageMasterUserPassword(true).applyImmediately(true));
  }

  private static List<DBInstance> plain() {
    return rds.describeDBInstances().dbInstances().stream()
        .filter(each -> each.dbClusterIdentifier() == null)
        .toList();
  }

  /// Each takes logins; one that was deleted has its final snapshot.
  private static void everyPlainInstanceAnswers(Scenario scenario) throws SQLException {
    for (var instance : plain()) {
      var at = instance.endpoint();
      try (var connection = connect(at.address(), at.port(), OLD)) {
        assertThat(connection.isValid(10)).as(instance.dbInstanceIdentifier()).isTrue();
      }
    }
    var snapshots = rds.describeDBSnapshots().dbSnapshots();
    assertThat(snapshots).allMatch(each -> each.status().equals("available"));
    if (scenario == Scenario.PLAIN_DELETE) {
      assertThat(plain().size() + manual().size()).isPositive();
      assertThat(snapshots)
          .filteredOn(each -> each.snapshotType().equals("automated"))
          .as("backups of what is gone")
          .hasSizeLessThanOrEqualTo(plain().size());
    }
    if (scenario == Scenario.PLAIN_RESTORE) {
      assertThat(plain()).extracting(DBInstance::dbInstanceIdentifier).contains("own");
    }
  }

  /// @param reset whether one of them, which was looked at already, may have fewer rows
  private static void everyClusterAnswers(boolean reset) throws SQLException {
    var clusters = rds.describeDBClusters().dbClusters();
    assertThat(clusters).anyMatch(each -> each.dbClusterIdentifier().equals("prod"));
    for (var cluster : clusters) {
      assertThat(cluster.status()).as(cluster.dbClusterIdentifier()).isEqualTo("available");
      if (reset && cluster.dbClusterIdentifier().equals("dev")) {
        assertThat(cluster.dbClusterMembers())
            .filteredOn(each -> each.isClusterWriter())
            .hasSize(1);
      } else if (!cluster.dbClusterMembers().isEmpty()) {
        assertThat(rows(cluster)).as(cluster.dbClusterIdentifier()).isEqualTo("1000");
        assertThat(rows(cluster.copy(to -> to.endpoint(cluster.readerEndpoint()))))
            .as("at the reader endpoint of " + cluster.dbClusterIdentifier())
            .isEqualTo("1000");
        assertThat(cluster.dbClusterMembers())
            .filteredOn(each -> each.isClusterWriter())
            .hasSize(1);
      }
    }
    rds.describeDBClusterSnapshots()
        .dbClusterSnapshots()
        .forEach(each -> assertThat(each.status()).isEqualTo("available"));
  }

  /// Whether the volume may be whole before its cluster is remembered.
  private static boolean mayBeUnrecorded(Scenario scenario, CrashPoint point) {
    return point == CrashPoint.CLUSTER_UNRECORDED
        || scenario == Scenario.MYSQL_CLONE && point == CrashPoint.VOLUME_SEALED;
  }

  /// @param before how many volumes had been set aside before
  /// @param unrecorded whether there may be one more
  private static void nothingElseIsThere(int before, boolean unrecorded) throws Exception {
    var clusters = rds.describeDBClusters().dbClusters();
    var known = new TreeSet<String>();
    clusters.forEach(each -> known.add(lower(each.dbClusterResourceId())));
    clusters.stream()
        .flatMap(each -> each.dbClusterMembers().stream())
        .filter(member -> !member.isClusterWriter())
        .forEach(member -> known.add(resourceId(member.dbInstanceIdentifier())));
    var others =
        rds.describeDBClusterSnapshots().dbClusterSnapshots().size()
            + rds.describeDBSnapshots().dbSnapshots().size()
            + plain().size();
    await(
        "a volume for each cluster, plain instance and snapshot, and no other",
        () -> volumes().containsAll(known) && volumes().size() == known.size() + others);
    await(
        "nothing that was to replace a volume",
        () -> allVolumes().stream().noneMatch(name -> name.endsWith(".next")));
    await(
        "no history of what is not there",
        () ->
            allVolumes().stream()
                .filter(name -> name.startsWith("base.") || name.startsWith("log."))
                .allMatch(name -> volumes().contains(name.split("\\.")[1])));
    var instances = rds.describeDBInstances().dbInstances().size();
    await("one server for each instance", () -> servers() == instances);
    assertThat(Leftovers.unclaimed(directory.root()))
        .as("what was made before it was remembered is kept, not lost")
        .hasSizeLessThanOrEqualTo(before + (unrecorded ? 1 : 0));
  }

  private static String resourceId(String instance) {
    return lower(
        rds.describeDBInstances(r -> r.dbInstanceIdentifier(instance))
            .dbInstances()
            .getFirst()
            .dbiResourceId());
  }

  /// But templates and histories.
  private static List<String> volumes() {
    return allVolumes().stream().filter(name -> !name.contains(".")).toList();
  }

  private static List<String> allVolumes() {
    var all = new ArrayList<String>();
    for (var root : List.of("volumes", "pool/volumes")) {
      var names = directory.root().resolve(root).toFile().list();
      Stream.of(names == null ? new String[0] : names).forEach(all::add);
    }
    return all;
  }

  private static int servers() {
    try {
      return Leftovers.servers(directory.root());
    } catch (HostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void cleanUp() {
    manualOfClusters()
        .forEach(each ->
            rds.deleteDBClusterSnapshot(
                r -> r.dbClusterSnapshotIdentifier(each.dbClusterSnapshotIdentifier())));
    manual()
        .forEach(
            each -> rds.deleteDBSnapshot(r -> r.dbSnapshotIdentifier(each.dbSnapshotIdentifier())));
    plain()
        .forEach(each ->
            rds.deleteDBInstance(
                r -> r.dbInstanceIdentifier(each.dbInstanceIdentifier()).skipFinalSnapshot(true)));
    cluster("prod").dbClusterMembers().stream()
        .filter(member -> !member.isClusterWriter())
        .forEach(reader ->
            rds.deleteDBInstance(r -> r.dbInstanceIdentifier(reader.dbInstanceIdentifier())));
    rds.describeDBClusters().dbClusters().stream()
        .map(DBCluster::dbClusterIdentifier)
        .filter(id -> !id.equals("prod"))
        .forEach(id -> remove(id));
    await(
        "only the source",
        () ->
            rds.describeDBClusters().dbClusters().size() == 1
                && rds.describeDBInstances().dbInstances().size() == 1
                && manualOfClusters().isEmpty()
                && rds.describeDBSnapshots().dbSnapshots().isEmpty());
  }

  private static List<DBClusterSnapshot> manualOfClusters() {
    return rds.describeDBClusterSnapshots(r -> r.snapshotType("manual")).dbClusterSnapshots();
  }

  private static List<DBSnapshot> manual() {
    return rds.describeDBSnapshots(r -> r.snapshotType("manual")).dbSnapshots();
  }

  private static void remove(String id) {
    cluster(id)
        .dbClusterMembers()
        .forEach(
            each -> rds.deleteDBInstance(r -> r.dbInstanceIdentifier(each.dbInstanceIdentifier())));
    rds.deleteDBCluster(r -> r.dbClusterIdentifier(id).skipFinalSnapshot(true));
  }

  private static void createPlain(String id) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(OLD));
  }

  private static void create(String id) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(OLD));
  }

  private static void createMySql(boolean withReader) throws Exception {
    Assumptions.assumeTrue(MariaDbInstallation.find().isPresent(), MariaDbInstallation.ADVICE);
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("my")
            .engine("aurora-mysql")
            .databaseName("postgres")
            .masterUsername("shop")
            .masterUserPassword(OLD));
    createInstance("my");
    if (withReader) {
      createInstance("my", "my-2");
    }
    await("my", CrashPointIT::settled);
    try (var connection = connect(cluster("my"), OLD);
        var statement = connection.createStatement()) {
      statement.execute("create table orders as select seq as id from seq_1_to_1000");
    }
  }

  private static void stop(String id) {
    rds.stopDBCluster(r -> r.dbClusterIdentifier(id));
  }

  private static void snapshot(String id) {
    rds.createDBClusterSnapshot(r -> r.dbClusterIdentifier("prod").dbClusterSnapshotIdentifier(id));
    await(id, CrashPointIT::settled);
  }

  private static void restore(String id) {
    restore(id, "prod");
  }

  private static void restore(String id, String source) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id)
            .sourceDBClusterIdentifier(source)
            .restoreType("copy-on-write")
            .useLatestRestorableTime(true));
  }

  private static void copy(String id) {
    rds.restoreDBClusterToPointInTime(r ->
        r.dbClusterIdentifier(id).sourceDBClusterIdentifier("prod").useLatestRestorableTime(true));
  }

  private static void restoreToNow(String id) {
    var now = cluster("prod").latestRestorableTime();
    rds.restoreDBClusterToPointInTime(
        r -> r.dbClusterIdentifier(id).sourceDBClusterIdentifier("prod").restoreToTime(now));
  }

  private static void createInstance(String cluster) {
    createInstance(cluster, cluster + "-1");
  }

  private static void createInstance(String cluster, String id) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine(cluster(cluster).engine()));
  }

  private static DBCluster cluster(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  private static String rows(DBCluster cluster) throws SQLException {
    try (var connection = connect(cluster)) {
      return rows(connection);
    }
  }

  private static String rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from orders")) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static void setPassword(String password) {
    setPassword("prod", password);
  }

  private static void setPassword(String id, String password) {
    rds.modifyDBCluster(
        r -> r.dbClusterIdentifier(id).masterUserPassword(password).applyImmediately(true));
  }

  private static boolean isPassword(String password) {
    return isPassword("prod", password);
  }

  private static boolean isPassword(String id, String password) {
    try (var connection = connect(cluster(id), password)) {
      return connection.isValid(1);
    } catch (SQLException e) {
      return false;
    }
  }

  /// Those whose password was changed have the new one.
  private static Connection connect(DBCluster cluster) throws SQLException {
    if (cluster.masterUserSecret() != null) {
      return connect(cluster, kept(cluster.masterUserSecret().secretArn()));
    }
    try {
      return connect(cluster, OLD);
    } catch (SQLException e) {
      return connect(cluster, NEW);
    }
  }

  private static String kept(String secret) {
    try {
      var text = secrets.getSecretValue(r -> r.secretId(secret)).secretString();
      return new ObjectMapper().readTree(text).get("password").textValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Connection connect(DBCluster cluster, String password) throws SQLException {
    return cluster.engine().equals("aurora-mysql")
        ? DriverManager.getConnection(
            "jdbc:mariadb://%s:%d/postgres?connectTimeout=10000&socketTimeout=60000"
                .formatted(cluster.endpoint(), cluster.port()),
            "shop",
            password)
        : connect(cluster.endpoint(), cluster.port(), password);
  }

  private static Connection connect(String address, int port, String password) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"
            .formatted(address, port),
        "shop",
        password);
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String endpoint) {
    try {
      var key = CredentialsFile.read(directory.credentials());
      return builder
          .endpointOverride(URI.create(endpoint))
          .region(Region.of(RegionFile.read(directory)))
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
          .httpClient(UrlConnectionHttpClient.create())
          .overrideConfiguration(c -> c.retryStrategy(r -> r.maxAttempts(1)))
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void await(String what, BooleanSupplier condition) {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("Waited in vain for " + what);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }
}
