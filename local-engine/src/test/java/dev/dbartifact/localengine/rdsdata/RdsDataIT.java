package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rdsdata.model.ArrayValue;
import software.amazon.awssdk.services.rdsdata.model.BadRequestException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.ExecuteStatementResponse;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;
import software.amazon.awssdk.services.rdsdata.model.TransactionNotFoundException;
import software.amazon.awssdk.services.rdsdata.model.UnsupportedResultException;

/// Statements over RDS Data, run by a real server.
@TestInstance(Lifecycle.PER_CLASS)
class RdsDataIT {

  private static final String ARN = "arn:aws:rds:us-west-2:000000000000:cluster:shop";
  private static final String SECRET = "{\"username\":\"shop\",\"password\":\"correct-horse\"}";
  private static final StorageId SHOP = new StorageId("shop");

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
  private PostgresHost host;
  private LocalRdsData data;
  private LocalRdsData impatient;

  @BeforeAll
  void open(@TempDir Path temporary) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    // Plain copies need no rights.
    Files.createDirectories(temporary.resolve("volumes/from-before"));
    UnpackedPostgres.into(temporary);
    host = PostgresHost.open(temporary, PostgresHost.Options.defaults());
    var password = new Secret("correct-horse");
    var version = host.installedVersions().getFirst();
    host.create(SHOP, new NewDatabase(version, "shop", password, Optional.of("orders")));
    var listen = new Listen(InetAddress.getLoopbackAddress(), freePort());
    host.start(SHOP, listen);
    var database =
        new Database(
            ARN,
            ServerKind.POSTGRESQL,
            "available",
            true,
            true,
            "127.0.0.1",
            listen.port(),
            "orders");
    Databases databases = arn -> arn.equals(ARN) ? Optional.of(database) : Optional.empty();
    var clock = clock();
    data = new LocalRdsData(databases, _ -> SECRET, clock, Duration.ofSeconds(45));
    impatient = new LocalRdsData(databases, _ -> SECRET, clock, Duration.ofMillis(300));
    sql("create table item (id serial primary key, name text, price numeric(8,2))");
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

  private ExecuteStatementResponse sql(String sql, SqlParameter... parameters) {
    return data.executeStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).parameters(parameters));
  }

  private static SqlParameter text(String name, String value, String hint) {
    return SqlParameter.builder()
        .name(name)
        .value(Field.fromStringValue(value))
        .typeHint(hint)
        .build();
  }

  private Field one(String sql, SqlParameter... parameters) {
    return sql(sql, parameters).records().getFirst().getFirst();
  }

  private long items(String name) {
    return one("select count(*) from item where name = :n", text("n", name, null)).longValue();
  }

  @Test
  void valuesKeepTheirTypes() {
    assertThat(one("select 7::bigint")).isEqualTo(Field.fromLongValue(7L));
    assertThat(one("select 1.5::real")).isEqualTo(Field.fromDoubleValue(1.5));
    assertThat(one("select 2.50::numeric")).isEqualTo(Field.fromStringValue("2.50"));
    assertThat(one("select true")).isEqualTo(Field.fromBooleanValue(true));
    assertThat(one("select null")).isEqualTo(Field.fromIsNull(true));
    assertThat(one("select array['a',null]").arrayValue().stringValues())
        .containsExactly("a", null);
    assertThat(one("select '2030-01-02 03:04:05+02'::timestamptz").stringValue())
        .isEqualTo("2030-01-02 01:04:05");
  }

  @Test
  void timesAreInUtcWithThreeDigitsOfAFractionOrSix() {
    assertThat(one("select '14:30:45.5'::time").stringValue()).isEqualTo("14:30:45.500");
    assertThat(one("select '2030-01-02 03:04:05.1234+02'::timestamptz").stringValue())
        .isEqualTo("2030-01-02 01:04:05.123400");
    assertThat(array("select '{2030-01-02 03:04:05,NULL}'::timestamp[]").stringValues())
        .containsExactly("2030-01-02 03:04:05", null);
    assertThat(array("select '{2030-01-02 03:04:05.5+02}'::timestamptz[]").stringValues())
        .containsExactly("2030-01-02 01:04:05.500");
  }

  @Test
  void arraysHaveTheTypeOfTheirElements() {
    assertThat(array("select '{}'::int[]").hasLongValues()).isTrue();
    assertThat(array("select array[1,null]").longValues()).containsExactly(1L, null);
    assertThat(array("select '{3.14,2.71}'::real[]").doubleValues()).containsExactly(3.14, 2.71);
    assertThat(array("select '{1.10}'::numeric[]").stringValues()).containsExactly("1.10");
    assertThat(array("select '{t,f}'::bool[]").booleanValues()).containsExactly(true, false);
    assertThat(array("select array['{a','\"b']").stringValues()).containsExactly("{a", "\"b");
  }

  private ArrayValue array(String sql) {
    return one(sql).arrayValue();
  }

  @Test
  void arraysOfMoreDimensionsAreRefused() {
    assertThatThrownBy(() -> sql("select '[0:0][1:1]={{1}}'::int[]"))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageStartingWith("The result contains a multidimensional array.");
  }

  @Test
  void aTypeThatCannotBeSaidIsRefusedOnceThereIsAValue() {
    assertThat(sql("select '1 day'::interval where false").records()).isEmpty();
    assertThat(one("select null::interval").isNull()).isTrue();
    assertThatThrownBy(() -> sql("select relkind from pg_class"))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageStartingWith("The result contains the unsupported data type \"CHAR\".");
    assertThat(one("select relkind::text from pg_class limit 1").stringValue()).hasSize(1);
    assertThat(one("select '[1,10)'::int4range").stringValue()).isEqualTo("[1,10)");
  }

  @Test
  void rowsAsJsonAreObjectsByLabel() {
    assertThat(
            json(
                "select 1 as i, 2.50 as n, true as b, null as x, '\\x68'::bytea as y, array[1] as a"))
        .isEqualTo("[{\"i\":1,\"n\":\"2.50\",\"b\":true,\"x\":null,\"y\":\"aA==\",\"a\":[1]}]");
    assertThatThrownBy(() -> json("select 1 as a, 2 as a"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("several columns have the same name");
  }

  private String json(String sql) {
    return data.executeStatement(
            r -> r.resourceArn(ARN).secretArn("secret").sql(sql).formatRecordsAs("JSON"))
        .formattedRecords();
  }

  @Test
  void hintsMakeTypesOfText() {
    assertThat(one("select :a + 1", text("a", "2030-01-31", "DATE")).stringValue())
        .isEqualTo("2030-02-01");
    assertThat(one("select :a * 2", text("a", "1.25", "DECIMAL")).stringValue()).isEqualTo("2.50");
    assertThat(one("select :a::jsonb ->> 'x'", text("a", "{\"x\":\"y\"}", "JSON")).stringValue())
        .isEqualTo("y");
    assertThatThrownBy(() -> sql("select :a", text("a", "tomorrow", "DATE")))
        .hasMessageStartingWith("'tomorrow' is not of the type DATE");
  }

  @Test
  void changesAreCounted() {
    assertThat(
            sql("insert into item (name) values ('counted'), ('counted')").numberOfRecordsUpdated())
        .isEqualTo(2);
    assertThat(sql("insert into item (name) values ('counted') returning name").records())
        .containsExactly(List.of(Field.fromStringValue("counted")));
    assertThat(items("counted")).isEqualTo(3);
  }

  @Test
  void theServersWordsAreTheFault() {
    assertThatThrownBy(() -> sql("select * from nowhere"))
        .isInstanceOfSatisfying(
            DatabaseErrorException.class,
            e ->
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo(
                        "ERROR: relation \"nowhere\" does not exist; Position: 15; SQLState: 42P01"));
  }

  @Test
  void aTransactionIsSeenWhenItIsCommitted() {
    var id = begin();
    within(id, "insert into item (name) values ('committed')");
    assertThat(items("committed")).isZero();
    data.commitTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id));
    assertThat(items("committed")).isEqualTo(1);
    assertThatThrownBy(() -> within(id, "select 1"))
        .isInstanceOf(TransactionNotFoundException.class);
  }

  @Test
  void aTransactionThatIsLeftAloneIsUndone() {
    var id = begin();
    within(id, "insert into item (name) values ('left alone')");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(2)));
    within(id, "select 1");
    now.updateAndGet(time -> time.plus(Duration.ofMinutes(3)));
    assertThatThrownBy(() -> within(id, "select 1"))
        .isInstanceOf(TransactionNotFoundException.class);
    assertThat(items("left alone")).isZero();
  }

  @Test
  void aTransactionThatIsOverIsToldFromOneThatIsNotKnown() {
    var id = begin();
    data.rollbackTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id));
    assertThatThrownBy(() -> within(id, "select 1"))
        .hasMessageContaining("resulted in a termination of your transaction");
    assertThatThrownBy(() -> within("AQ", "select 1"))
        .hasMessageContaining("Transaction may be expired");
  }

  @Test
  void aTransactionRunsOneStatementAtATime() {
    var id = begin();
    var slow =
        CompletableFuture.runAsync(() -> within(id, "select pg_sleep(60) /* of a transaction */"));
    awaitRunning("of a transaction");
    assertThatThrownBy(() -> within(id, "select 1"))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageStartingWith("Transaction is still running a query");
    sql(
        "select pg_terminate_backend(pid) from pg_stat_activity"
            + " where query like '%of a ' || 'transaction%'");
    assertThat(slow).failsWithin(Duration.ofSeconds(20));
  }

  private void awaitRunning(String name) {
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (one(
                    "select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
                        + " and state = 'active' and query like '%' || :n || '%'",
                    text("n", name, null))
                .longValue()
            == 0
        && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
  }

  @Test
  void valuesAreTheSameHoweverOftenATransactionAsks() {
    var id = begin();
    for (var time = 0; time < 12; time++) {
      assertThat(
              data.executeStatement(r ->
                      r.resourceArn(ARN)
                          .secretArn("secret")
                          .sql("select 3.14::real")
                          .transactionId(id))
                  .records())
          .containsExactly(List.of(Field.fromDoubleValue(3.14)));
    }
    data.commitTransaction(r -> r.resourceArn(ARN).secretArn("s").transactionId(id));
  }

  private String begin() {
    return data.beginTransaction(r -> r.resourceArn(ARN).secretArn("secret")).transactionId();
  }

  private void within(String transaction, String sql) {
    data.executeStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).transactionId(transaction));
  }

  @Test
  void aBatchIsAllOrNothing() {
    var good = List.of(text("n", "batch", null), text("p", "1.00", "DECIMAL"));
    var bad = List.of(text("n", "batch", null), text("p", "12345678", "DECIMAL"));
    assertThatThrownBy(() -> batch(List.of(good, bad))).isInstanceOf(DatabaseErrorException.class);
    assertThat(items("batch")).isZero();
    batch(List.of(good, good));
    assertThat(items("batch")).isEqualTo(2);
  }

  @Test
  void aBatchWithoutSetsRunsNothing() {
    var sql = "insert into item (name) values ('without sets')";
    data.batchExecuteStatement(r -> r.resourceArn(ARN).secretArn("secret").sql(sql));
    assertThat(items("without sets")).isZero();
    data.batchExecuteStatement(
        r -> r.resourceArn(ARN).secretArn("secret").sql(sql).parameterSets(List.of(List.of())));
    assertThat(items("without sets")).isEqualTo(1);
  }

  @Test
  void emptyTextsAreNotGiven() {
    var response =
        data.executeStatement(r ->
            r.resourceArn(ARN).secretArn("secret").sql("select 1").transactionId("").database(""));
    assertThat(response.records()).containsExactly(List.of(Field.fromLongValue(1L)));
  }

  @Test
  void aPlaceOfPostgresIsNoParameter() {
    assertThatThrownBy(() -> sql("select $1::text")).isInstanceOf(DatabaseErrorException.class);
  }

  private void batch(List<List<SqlParameter>> sets) {
    data.batchExecuteStatement(r ->
        r.resourceArn(ARN)
            .secretArn("secret")
            .sql("insert into item (name, price) values (:n, :p)")
            .parameterSets(sets));
  }

  @Test
  void aSlowStatementIsCancelled() {
    assertThatThrownBy(() -> slow("cancelled", false))
        .isInstanceOf(StatementTimeoutException.class);
    assertThat(running("cancelled")).isZero();
    assertThat(items("cancelled")).isZero();
  }

  @Test
  void aSlowStatementGoesOnWhereThatIsAsked() throws Exception {
    assertThatThrownBy(() -> slow("went on", true)).isInstanceOf(StatementTimeoutException.class);
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (items("went on") == 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(items("went on")).isEqualTo(1);
  }

  private void slow(String name, boolean goesOn) {
    impatient.executeStatement(r ->
        r.resourceArn(ARN)
            .secretArn("secret")
            .sql("insert into item (name) select '" + name + "' from pg_sleep(1.5)")
            .continueAfterTimeout(goesOn));
  }

  /// The cancelled server process needs a moment to notice.
  private long running(String name) {
    var deadline = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    var left = 1L;
    while (left > 0 && System.nanoTime() < deadline) {
      left =
          one(
                  "select count(*) from pg_stat_activity where pid <> pg_backend_pid()"
                      + " and state = 'active' and query like '%' || :n || '%'",
                  text("n", name, null))
              .longValue();
    }
    return left;
  }

  @Test
  void hugeResultsAreRefused() {
    assertThat(one("select repeat('x', 100000)").stringValue()).hasSize(100_000);
    var uuids = "select md5(v::text)::uuid from generate_series(1, %d) v";
    assertThat(sql(uuids.formatted(24_800)).records()).hasSize(24_800);
    assertThatThrownBy(() -> sql(uuids.formatted(25_000)))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageStartingWith("The result exceeds the size limit 1 MB.");
    assertThatThrownBy(() -> sql("select repeat('x', 10000) from generate_series(1, 100000)"))
        .isInstanceOf(UnsupportedResultException.class);
    assertThat(one("select 1").longValue()).isEqualTo(1);
  }
}
