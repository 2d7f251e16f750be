package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.StorageId;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;

/// A real server with a table of items, and who asks it over RDS Data.
@TestInstance(Lifecycle.PER_CLASS)
abstract class RdsDataFixture {

  static final String ARN = "arn:aws:rds:us-west-2:000000000000:cluster:shop";
  private static final String SECRET = "{\"username\":\"shop\",\"password\":\"correct-horse\"}";
  private static final StorageId SHOP = new StorageId("shop");

  /// What time it is for transactions.
  final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

  LocalRdsData data;

  /// It waits for no statement.
  LocalRdsData impatient;

  private PostgresHost host;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    // Plain copies need no rights.
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    UnpackedPostgres.into(temporary);
    var port = freePort();
    startServer(temporary, port);
    var database =
        new Database(
            ARN, ServerKind.POSTGRESQL, "available", true, true, "127.0.0.1", port, "orders");
    Databases databases = arn -> arn.equals(ARN) ? Optional.of(database) : Optional.empty();
    data = new LocalRdsData(databases, _ -> SECRET, clock(), Duration.ofSeconds(45));
    impatient = new LocalRdsData(databases, _ -> SECRET, clock(), Duration.ofMillis(300));
    sql("create table item (id serial primary key, name text, price numeric(8,2))");
  }

  private void startServer(Path temporary, int port) throws Exception {
    host = PostgresHost.open(temporary, PostgresHost.Options.defaults());
    var password = new Secret("correct-horse");
    var version = host.installedVersions().getFirst();
    host.create(SHOP, new NewDatabase(version, "shop", password, Optional.of("orders")));
    host.start(SHOP, new Listen(InetAddress.getLoopbackAddress(), port));
  }

  private Clock clock() {
    InstantSource source = now::get;
    return source.withZone(ZoneOffset.UTC);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  void close() {
    data.close();
    impatient.close();
    host.close();
  }

  ExecuteStatementResponse sql(String sql, SqlParameter... parameters) {
    return data.executeStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).parameters(parameters));
  }

  Field one(String sql, SqlParameter... parameters) {
    return sql(sql, parameters).records().getFirst().getFirst();
  }

  static SqlParameter text(String name, String value, String hint) {
    return SqlParameter.builder()
        .name(name)
        .value(Field.fromStringValue(value))
        .typeHint(hint)
        .build();
  }

  long items(String name) {
    return one("select count(*) from item where name = :n", text("n", name, null)).longValue();
  }

  /// How many statements run that have this text in them.
  long running(String name) {
    return one(
            "select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
                + " and state = 'active' and query like '%' || :n || '%'",
            text("n", name, null))
        .longValue();
  }
}
