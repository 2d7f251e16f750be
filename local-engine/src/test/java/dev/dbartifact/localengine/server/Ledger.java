package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Moves money between accounts of a database without pause. Whatever moment one looks at, the sum
/// is the same and the journal has no gap; a copy of files from different moments has neither.
final class Ledger implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Sql database;
  private final AtomicBoolean open = new AtomicBoolean(true);
  private final AtomicLong transfers = new AtomicLong();
  private CompletableFuture<Void> work;

  private Ledger(Sql database) {
    this.database = database;
  }

  static Ledger busy(Sql database) throws SQLException {
    database.execute(
        "CREATE TABLE account AS SELECT id, 1000 AS balance, repeat('x', 500) AS filler FROM generate_series(1, 20000) AS id",
        "ALTER TABLE account ADD PRIMARY KEY (id)",
        "CREATE TABLE journal (id bigint PRIMARY KEY, amount int)");
    var ledger = new Ledger(database);
    ledger.work = CompletableFuture.runAsync(ledger::transferOnAndOn);
    return ledger;
  }

  private void transferOnAndOn() {
    var random = new Random(1);
    try (var connection = database.connect()) {
      connection.setAutoCommit(false);
      while (open.get()) {
        try (var statement = connection.createStatement()) {
          var amount = random.nextInt(100);
          statement.execute(
              "UPDATE account SET balance = balance - %d WHERE id = %d"
                  .formatted(amount, 1 + random.nextInt(20000)));
          statement.execute(
              "UPDATE account SET balance = balance + %d WHERE id = %d"
                  .formatted(amount, 1 + random.nextInt(20000)));
          statement.execute(
              "INSERT INTO journal VALUES (%d, %d)".formatted(transfers.get() + 1, amount));
          connection.commit();
        }
        transfers.incrementAndGet();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitTransfers(long count) {
    var deadline = System.nanoTime() + LIMIT.toNanos();
    while (transfers.get() < count && !work.isDone()) {
      assertThat(System.nanoTime()).as("transfers within " + LIMIT).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    if (work.isDone()) {
      work.join();
    }
  }

  long transfers() {
    return transfers.get();
  }

  static long transfers(Sql database) throws SQLException {
    return Long.parseLong(database.value("SELECT count(*) FROM journal"));
  }

  static void assertBalanced(Sql database) throws SQLException {
    assertThat(database.value("SELECT sum(balance) FROM account")).isEqualTo("20000000");
    assertThat(database.value("SELECT count(*) FROM account")).isEqualTo("20000");
    assertThat(database.value("SELECT coalesce(max(id), 0) - count(*) FROM journal"))
        .isEqualTo("0");
  }

  @Override
  public void close() {
    open.set(false);
    work.join();
  }
}
