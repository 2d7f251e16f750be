package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Several sessions that transfer amounts between accounts without pause, each transfer with the
/// next number of one journal. At every moment the sum is the same and the journal has no hole; a
/// number whose commit was acknowledged is in every copy that was asked for later.
final class WritingSessions implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int ACCOUNTS = 5000;

  private final Sql database;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicLong acknowledged = new AtomicLong();
  private List<CompletableFuture<Void>> sessions;

  private WritingSessions(Sql database) {
    this.database = database;
  }

  static WritingSessions open(Sql database, int count) throws SQLException {
    database.execute(
        "CREATE TABLE account AS SELECT id, 1000 AS balance, repeat('x', 200) AS filler"
            + " FROM generate_series(1, "
            + ACCOUNTS
            + ") AS id",
        "ALTER TABLE account ADD PRIMARY KEY (id)",
        "CREATE INDEX ON account (balance)",
        "CREATE TABLE journal (n bigint PRIMARY KEY, session int, amount int)",
        "CREATE TABLE last (n bigint)",
        "INSERT INTO last VALUES (0)",
        "CREATE TABLE mark (writer text)");
    var writing = new WritingSessions(database);
    writing.sessions =
        IntStream.range(0, count)
            .mapToObj(session -> CompletableFuture.runAsync(() -> writing.transfer(session)))
            .toList();
    return writing;
  }

  private void transfer(int session) {
    var random = new Random(session);
    try (var connection = database.connect()) {
      connection.setAutoCommit(false);
      while (open.get()) {
        var number = transfer(connection, session, random);
        acknowledged.accumulateAndGet(number, Math::max);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The number is taken last and its row held until the commit: so commits have the journal's
  /// order.
  private static long transfer(Connection connection, int session, Random random)
      throws SQLException {
    var amount = random.nextInt(100);
    var first = 1 + random.nextInt(ACCOUNTS);
    var second = 1 + random.nextInt(ACCOUNTS);
    try (var statement = connection.createStatement()) {
      // In one order, so that no two sessions wait for each other.
      statement.execute(change(Math.min(first, second), first < second ? -amount : amount));
      statement.execute(change(Math.max(first, second), first < second ? amount : -amount));
      try (var rows = statement.executeQuery("UPDATE last SET n = n + 1 RETURNING n")) {
        rows.next();
        var number = rows.getLong(1);
        statement.execute(
            "INSERT INTO journal VALUES (%d, %d, %d)".formatted(number, session, amount));
        connection.commit();
        return number;
      }
    }
  }

  private static String change(int account, int by) {
    return "UPDATE account SET balance = balance + %d WHERE id = %d".formatted(by, account);
  }

  /// The number of the last transfer whose commit was acknowledged.
  long acknowledged() {
    return acknowledged.get();
  }

  /// Goes on for so many transfers.
  void awaitMore(int transfers) {
    var wanted = acknowledged() + transfers;
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (acknowledged() < wanted) {
      sessions.stream().filter(CompletableFuture::isDone).forEach(CompletableFuture::join);
      assertThat(System.nanoTime()).as("transfers within " + LIMIT).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }

  /// No money came or went, and no number is missing up to the last one, which is answered.
  static long assertWhole(Sql database) throws SQLException {
    assertThat(database.value("SELECT sum(balance) || ' on ' || count(*) FROM account"))
        .isEqualTo("%d on %d".formatted(1000L * ACCOUNTS, ACCOUNTS));
    assertThat(database.value("SELECT coalesce(max(n), 0) - count(*) FROM journal")).isEqualTo("0");
    var last = database.value("SELECT coalesce(max(n), 0) FROM journal");
    assertThat(database.value("SELECT n FROM last")).isEqualTo(last);
    return Long.parseLong(last);
  }

  @Override
  public void close() {
    open.set(false);
    sessions.forEach(CompletableFuture::join);
  }
}
