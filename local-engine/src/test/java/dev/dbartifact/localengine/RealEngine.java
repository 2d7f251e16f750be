package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.PostgresHost;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Endpoint;

/// An engine over real servers, and the SDK's client that talks to it over the wire.
record RealEngine(Path directory, PostgresHost host, LocalEngine engine, RdsClient rds)
    implements AutoCloseable {

  /// The first cluster waits for a pool and a pristine database.
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  static RealEngine start(Path temporary) throws Exception {
    return start(temporary, UnaryOperator.identity());
  }

  /// @param more what else the engine is told
  static RealEngine start(Path temporary, UnaryOperator<LocalEngine.Options> more)
      throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var directory = temporary.resolve("data");
    var host = PostgresHost.open(directory, PostgresHost.Options.defaults());
    var options = TestEngine.options(directory.resolve("state"), host.storageKind());
    var engine = LocalEngine.start(more.apply(options), host);
    return new RealEngine(directory, host, engine, TestEngine.client(engine, TestEngine.KEY));
  }

  /// A kind of server, as those who use it see it.
  enum Kind {
    POSTGRES(
        "aurora-postgresql",
        Optional.empty(),
        "jdbc:postgresql://%s:%d/postgres?connectTimeout=10&socketTimeout=60"),
    MYSQL(
        "aurora-mysql",
        Optional.of("app"),
        "jdbc:mariadb://%s:%d/app?connectTimeout=10000&socketTimeout=60000");

    private final String engine;
    private final Optional<String> database;
    private final String url;

    Kind(String engine, Optional<String> database, String url) {
      this.engine = engine;
      this.database = database;
      this.url = url;
    }

    /// At the writer's endpoint.
    Login login(DBCluster cluster, String password) {
      return new Login(url.formatted(cluster.endpoint(), cluster.port()), password);
    }

    /// At the reader endpoint.
    Login reader(DBCluster cluster, String password) {
      return new Login(url.formatted(cluster.readerEndpoint(), cluster.port()), password);
    }

    Login login(Endpoint at, String password) {
      return new Login(url.formatted(at.address(), at.port()), password);
    }
  }

  /// The master user `shop`, with a password.
  record Login(String url, String password) {
    Connection connect() throws SQLException {
      return DriverManager.getConnection(url, "shop", password);
    }

    void execute(String... statements) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement()) {
        for (var sql : statements) {
          statement.execute(sql);
        }
      }
    }

    String value(String query) throws SQLException {
      try (var connection = connect();
          var statement = connection.createStatement();
          var rows = statement.executeQuery(query)) {
        rows.next();
        return rows.getString(1);
      }
    }

    boolean isTaken() {
      try (var connection = connect()) {
        return connection.isValid(5);
      } catch (SQLException e) {
        return false;
      }
    }
  }

  /// With its writer, both available.
  DBCluster cluster(Kind kind, String id) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine(kind.engine)
            .databaseName(kind.database.orElse(null))
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    instance(kind, id + "-1", id);
    return describe(id);
  }

  void instance(Kind kind, String id, String cluster) {
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier(cluster)
            .dbInstanceClass("db.r6g.large")
            .engine(kind.engine));
    awaitAvailable(id);
  }

  DBCluster describe(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  DBInstance describeInstance(String id) {
    return rds.describeDBInstances(r -> r.dbInstanceIdentifier(id)).dbInstances().getFirst();
  }

  void awaitAvailable(String instance) {
    await(instance, () -> describeInstance(instance).dbInstanceStatus().equals("available"));
  }

  static <E extends Exception> void await(String what, Waiting.Condition<E> condition) throws E {
    Waiting.until(what, PATIENCE, condition);
  }

  @Override
  public void close() {
    rds.close();
    engine.close();
  }
}
