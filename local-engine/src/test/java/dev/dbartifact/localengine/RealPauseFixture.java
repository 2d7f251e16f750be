package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import dev.dbartifact.localengine.server.StorageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.CreateDbClusterRequest;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.ServerlessV2ScalingConfiguration;

/// Real servers that pause. Five minutes are half a second.
abstract class RealPauseFixture {

  static final String POSTGRES = "aurora-postgresql";
  static final String MYSQL = "aurora-mysql";
  static final String SERVERLESS = "db.serverless";

  private static final double SPEED = 600;

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  @TempDir static Path temporary;

  static RealEngine engine;
  static RdsClient rds;

  @BeforeAll
  static void start() throws Exception {
    engine = RealEngine.start(temporary, RealPauseFixture::atSpeed);
    rds = engine.rds();
  }

  private static LocalEngine.Options atSpeed(LocalEngine.Options options) {
    return new LocalEngine.Options(
        options.memory(),
        options.reach(),
        options.home(),
        options.key(),
        options.clock(),
        options.storage(),
        Pace.aurora(SPEED),
        options.misbehaviour(),
        options.mostClusters());
  }

  @AfterAll
  static void stop() {
    engine.close();
  }

  /// One that may pause, with its writer, both available.
  static DBCluster cluster(String id, String kind) {
    return cluster(id, kind, _ -> {});
  }

  /// @param more is asked of it when it is created
  static DBCluster cluster(String id, String kind, Consumer<CreateDbClusterRequest.Builder> more) {
    rds.createDBCluster(r -> {
      r.dbClusterIdentifier(id)
          .engine(kind)
          .masterUsername("shop")
          .masterUserPassword(TestEngine.PASSWORD)
          .serverlessV2ScalingConfiguration(RealPauseFixture::mayPause);
      more.accept(r);
    });
    instance(id, kind, SERVERLESS);
    return describe(id);
  }

  static void mayPause(ServerlessV2ScalingConfiguration.Builder capacity) {
    capacity.minCapacity(0.0).maxCapacity(4.0);
  }

  /// The writer of a cluster; when it is there, the cluster is, too.
  static void instance(String id, String kind, String size) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id + "-1")
            .dbClusterIdentifier(id)
            .dbInstanceClass(size)
            .engine(kind));
    await(id, () -> available(id));
  }

  static boolean available(String id) {
    return describe(id).status().equals("available")
        && engine.describeInstance(id + "-1").dbInstanceStatus().equals("available");
  }

  static DBCluster describe(String id) {
    return engine.describe(id);
  }

  /// PostgreSQL with a thousand orders.
  static DBCluster withOrders(String id) throws SQLException {
    return withOrders(id, _ -> {});
  }

  /// @param more is asked of it when it is created
  static DBCluster withOrders(String id, Consumer<CreateDbClusterRequest.Builder> more)
      throws SQLException {
    var cluster = cluster(id, POSTGRES, more);
    execute(postgres(cluster), "create table orders as select generate_series(1, 1000) as id");
    return cluster;
  }

  static String orders(DBCluster cluster) {
    return value(postgres(cluster), "select count(*) from orders");
  }

  static void awaitPaused(String id) {
    await(
        "the pause of " + id,
        () -> messages(id).getLast().equals("Successfully paused the DB instance."));
  }

  static List<String> messages(String id) {
    return rds
        .describeEvents(r -> r.sourceType("db-instance").sourceIdentifier(id + "-1"))
        .events()
        .stream()
        .map(Event::message)
        .toList();
  }

  /// Its processes on this machine, where the engine says that none runs.
  static List<Long> processesOf(DBCluster cluster) throws IOException {
    var volume = new StorageId(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
    assertThat(engine.host().running(volume)).isFalse();
    try (var processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      return StreamSupport.stream(processes.spliterator(), false)
          .filter(each -> commandLine(each).contains(volume.value()))
          .map(each -> Long.parseLong(each.getFileName().toString()))
          .toList();
    }
  }

  private static String commandLine(Path process) {
    try {
      return Files.readString(process.resolve("cmdline"));
    } catch (IOException e) {
      // It has ended meanwhile.
      return "";
    }
  }

  static String postgres(DBCluster cluster) {
    return ("jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"
            + "&sslmode=verify-full&sslrootcert=%s")
        .formatted(cluster.endpoint(), cluster.port(), authority());
  }

  static String mariaDb(DBCluster cluster) {
    return ("jdbc:mariadb://%s:%d/?connectTimeout=10000&socketTimeout=60000"
            + "&sslMode=verify-full&serverSslCert=%s")
        .formatted(cluster.endpoint(), cluster.port(), authority());
  }

  private static Path authority() {
    return engine.directory().resolve("tls/authority.pem");
  }

  static void execute(String url, String... statements) throws SQLException {
    try (var connection = DriverManager.getConnection(url, "shop", TestEngine.PASSWORD);
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  static String value(String url, String query) {
    try (var connection = DriverManager.getConnection(url, "shop", TestEngine.PASSWORD);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new AssertionError(query, e);
    }
  }

  static void await(String what, BooleanSupplier condition) {
    Waiting.until(what, condition::getAsBoolean);
  }
}
