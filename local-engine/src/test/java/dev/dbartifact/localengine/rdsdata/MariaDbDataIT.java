package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.rdsdata.Databases.Database;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.NewDatabase;
import dev.dbartifact.localengine.server.PostgresHost;
import dev.dbartifact.localengine.server.Secret;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.testing.Prerequisites;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;
import software.amazon.awssdk.services.rdsdata.model.UnsupportedResultException;

/// What RDS Data does otherwise where MariaDB is behind it.
@TestInstance(Lifecycle.PER_CLASS)
class MariaDbDataIT {

  private static final String ARN = "arn:aws:rds:us-west-2:000000000000:cluster:shop";
  private static final String SECRET = "{\"username\":\"shop\",\"password\":\"correct-horse\"}";
  private static final StorageId SHOP = new StorageId("shop");

  private PostgresHost host;
  private Listen listen;
  private LocalRdsData data;
  private LocalRdsData impatient;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    // Plain copies need no rights.
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    UnpackedPostgres.into(temporary);
    host = PostgresHost.open(temporary, PostgresHost.Options.defaults());
    requireMariaDb();
    var version = host.installedVersions(ServerKind.MARIADB).getFirst();
    var password = new Secret("correct-horse");
    host.create(
        SHOP,
        new NewDatabase(ServerKind.MARIADB, version, "shop", password, Optional.of("orders")));
    listen = new Listen(InetAddress.getLoopbackAddress(), freePort());
    host.start(SHOP, listen);
    var database =
        new Database(
            ARN, ServerKind.MARIADB, "available", true, true, "127.0.0.1", listen.port(), "orders");
    Databases databases = arn -> arn.equals(ARN) ? Optional.of(database) : Optional.empty();
    var clock = Clock.systemUTC();
    data = new LocalRdsData(databases, _ -> SECRET, clock, Duration.ofSeconds(45));
    impatient = new LocalRdsData(databases, _ -> SECRET, clock, Duration.ofMillis(300));
    sql("create table item (id int auto_increment primary key, name text)");
  }

  private void requireMariaDb() {
    var there = !host.installedVersions(ServerKind.MARIADB).isEmpty();
    var message = "MariaDB is not installed. " + host.advice(ServerKind.MARIADB);
    Prerequisites.require(there, message);
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @AfterAll
  void close() {
    if (data != null) {
      data.close();
      impatient.close();
    }
    host.close();
  }

  private ExecuteStatementResponse sql(String sql, SqlParameter... parameters) {
    return data.executeStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).parameters(parameters));
  }

  private Field one(String sql, SqlParameter... parameters) {
    return sql(sql, parameters).records().getFirst().getFirst();
  }

  private static SqlParameter text(String name, String value, String hint) {
    return SqlParameter.builder()
        .name(name)
        .value(Field.fromStringValue(value))
        .typeHint(hint)
        .build();
  }

  /// No session can have it, which a server may have all the same.
  @Test
  void theServersCharacterSetDoesNotMatter() throws Exception {
    restart(Map.of("character_set_server", "utf16"));
    try {
      assertThat(one("select 'ü€'").stringValue()).isEqualTo("ü€");
    } finally {
      restart(Map.of());
    }
  }

  private void restart(Map<String, String> parameters) throws HostException {
    host.stop(SHOP);
    host.start(SHOP, listen, parameters);
  }

  @Test
  void valuesKeepTheirTypes() {
    assertThat(one("select cast(7 as signed)")).isEqualTo(Field.fromLongValue(7L));
    assertThat(one("select 18446744073709551615").stringValue()).isEqualTo("18446744073709551615");
    assertThat(one("select 1.5e0")).isEqualTo(Field.fromDoubleValue(1.5));
    assertThat(one("select 2.50")).isEqualTo(Field.fromStringValue("2.50"));
    assertThat(one("select null")).isEqualTo(Field.fromIsNull(true));
    assertThat(one("select x'0041'").blobValue().asByteArray()).containsExactly(0, 'A');
    assertThat(one("select from_unixtime(0)").stringValue()).startsWith("1970-01-01 00:00:00");
  }

  @Test
  void hintsMakeTypesOfText() {
    assertThat(one("select :a + interval 1 day", text("a", "2030-01-31", "DATE")).stringValue())
        .startsWith("2030-02-01");
    assertThat(one("select json_value(:a, '$.x')", text("a", "{\"x\":\"y\"}", "JSON")))
        .isEqualTo(Field.fromStringValue("y"));
    var uuid = "9b2e4a1c-0000-4000-8000-000000000001";
    assertThat(one("select :a", text("a", uuid, "UUID"))).isEqualTo(Field.fromStringValue(uuid));
  }

  @Test
  void whatTheServerMadeUpIsTold() {
    var first = generated(sql("insert into item (name) values ('made')").generatedFields());
    var batch =
        data.batchExecuteStatement(r ->
            r.resourceArn(ARN)
                .secretArn("secret")
                .sql("insert into item (name) values (:n)")
                .parameterSets(
                    List.of(List.of(text("n", "a", null)), List.of(text("n", "b", null)))));

    assertThat(batch.updateResults())
        .extracting(each -> generated(each.generatedFields()))
        .containsExactly(first + 1, first + 2);
    assertThat(sql("update item set name = 'b' where name = 'a'").generatedFields()).isEmpty();
  }

  private static long generated(List<Field> fields) {
    assertThat(fields).hasSize(1);
    return fields.getFirst().longValue();
  }

  @Test
  void theServersWordsAreTheFault() {
    assertThatThrownBy(() -> sql("select * from nowhere"))
        .isInstanceOfSatisfying(
            DatabaseErrorException.class,
            e ->
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo(
                        "Table 'orders.nowhere' doesn't exist; Error code: 1146; SQLState: 42S02"));
  }

  /// The driver runs within the engine: whatever it sent, the engine would have read.
  @Test
  void noFileOfTheMachineIsRead(@TempDir Path folder) throws Exception {
    var file = Files.writeString(folder.resolve("canary"), "of the engine alone\n");
    sql("create table stolen (line text)");

    assertThatThrownBy(() -> sql("load data local infile '%s' into table stolen".formatted(file)))
        .isInstanceOf(DatabaseErrorException.class);

    assertThat(one("select count(*) from stolen").longValue()).isZero();
  }

  @Test
  void aSlowStatementIsCancelled() {
    assertThatThrownBy(() ->
            impatient.executeStatement(r ->
                r.resourceArn(ARN)
                    .secretArn("secret")
                    .sql("insert into item (name) select 'slow' where sleep(30) = 0")))
        .isInstanceOf(StatementTimeoutException.class);
    // Its session needs a moment to notice.
    Waiting.until("its end", () -> running() == 0);
    assertThat(one("select count(*) from item where name = 'slow'").longValue()).isZero();
  }

  private long running() {
    return one("select count(*) from information_schema.processlist where state = 'User sleep'")
        .longValue();
  }

  @Test
  void hugeResultsAreRefused() {
    assertThat(one("select repeat('x', 100000)").stringValue()).hasSize(100_000);
    assertThatThrownBy(() -> sql("select repeat('x', 60000) from seq_1_to_2000"))
        .isInstanceOf(UnsupportedResultException.class);
    assertThat(one("select 1").longValue()).isEqualTo(1);
  }
}
