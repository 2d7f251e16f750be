package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.volume.LoopMount;
import dev.dbartifact.localengine.volume.PoolSize;
import dev.dbartifact.testing.Prerequisites;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
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
    return start(temporary, PostgresHost.Options.defaults(), Clock.systemUTC(), more);
  }

  /// On a pool of so many bytes.
  static RealEngine onPool(Path temporary, long bytes, Clock clock) throws Exception {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    var storage = new PostgresHost.Options(PoolSize.of(bytes));
    return start(temporary, storage, clock, UnaryOperator.identity());
  }

  private static RealEngine start(
      Path temporary,
      PostgresHost.Options storage,
      Clock clock,
      UnaryOperator<LocalEngine.Options> more)
      throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var directory = temporary.resolve("data");
    var host = PostgresHost.open(directory, storage);
    var options = TestEngine.options(directory.resolve("state"), host.storageKind(), clock);
    var engine = LocalEngine.start(more.apply(options), host);
    return new RealEngine(directory, host, engine, TestEngine.client(engine, TestEngine.KEY));
  }

  void requireMariaDb() {
    Prerequisites.require(
        !host.installedVersions(ServerKind.MARIADB).isEmpty(), host.advice(ServerKind.MARIADB));
  }

  /// A kind of server, as those who use it see it.
  enum Kind {
    POSTGRES("aurora-postgresql", ServerKind.POSTGRESQL, "postgres"),
    MYSQL("aurora-mysql", ServerKind.MARIADB, "app");

    private final String engine;
    private final ServerKind server;
    private final String database;

    Kind(String engine, ServerKind server, String database) {
      this.engine = engine;
      this.server = server;
      this.database = database;
    }

    /// Every PostgreSQL has one already.
    private String first() {
      return server == ServerKind.MARIADB ? database : null;
    }

    /// The master user `shop`, at the writer's endpoint.
    Sql login(DBCluster cluster, String password) {
      return login(cluster.endpoint(), cluster.port(), password);
    }

    /// At the reader endpoint.
    Sql reader(DBCluster cluster, String password) {
      return login(cluster.readerEndpoint(), cluster.port(), password);
    }

    Sql login(Endpoint at, String password) {
      return login(at.address(), at.port(), password);
    }

    private Sql login(String address, int port, String password) {
      return Sql.at(server, address, port, "shop", password, database);
    }
  }

  /// With its writer, both available.
  DBCluster cluster(Kind kind, String id) {
    rds.createDBCluster(r ->
        r.dbClusterIdentifier(id)
            .engine(kind.engine)
            .databaseName(kind.first())
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
