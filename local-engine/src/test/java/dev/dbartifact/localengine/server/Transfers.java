package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.Waiting;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Moves money between accounts, all the time.
record Transfers(
    Thread worker, AtomicBoolean stopping, AtomicLong done, AtomicReference<Exception> failure)
    implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /// Between 200 accounts of 100 each.
  static Transfers between(Sql source) throws SQLException {
    source.execute(
        "CREATE TABLE account (id int PRIMARY KEY, balance bigint NOT NULL)",
        "INSERT INTO account SELECT seq, 100 FROM seq_1_to_200",
        "CREATE TABLE transfer (id bigint AUTO_INCREMENT PRIMARY KEY, amount int)");
    var done = new AtomicLong();
    var failure = new AtomicReference<Exception>();
    var stopping = new AtomicBoolean();
    var worker = Thread.ofPlatform().start(() -> run(source, stopping, done, failure));
    return new Transfers(worker, stopping, done, failure);
  }

  private static void run(
      Sql source, AtomicBoolean stopping, AtomicLong done, AtomicReference<Exception> failure) {
    try (var connection = source.connect();
        var statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!stopping.get()) {
        var number = done.get();
        var change = "UPDATE account SET balance = balance %s 1 WHERE id = %d";
        statement.execute(change.formatted("-", 1 + number % 200));
        statement.execute(change.formatted("+", 1 + number * 7 % 200));
        statement.execute("INSERT INTO transfer (amount) VALUES (1)");
        connection.commit();
        done.incrementAndGet();
      }
    } catch (SQLException e) {
      failure.set(e);
    }
  }

  long count() {
    return done.get();
  }

  void await(long wanted) {
    Waiting.until(
        "transfers",
        LIMIT,
        () -> {
          assertThat(failure.get()).isNull();
          return done.get() >= wanted;
        });
  }

  @Override
  public void close() {
    stopping.set(true);
    try {
      worker.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
