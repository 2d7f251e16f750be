package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;
import software.amazon.awssdk.services.rdsdata.model.TransactionNotFoundException;

/// Statements that go on when their caller has been told that they take too long.
class StatementLimitTest {

  private static final String ARN = "arn:aws:rds:us-west-2:000000000000:cluster:shop";

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final Transactions transactions =
      new Transactions(((InstantSource) now::get).withZone(ZoneOffset.UTC));
  private final StatementLimit limit = new StatementLimit(Duration.ofMillis(50));
  private final CountDownLatch statement = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean closed = new AtomicBoolean();

  /// Whether it tells its id, as one that is not broken does.
  private final AtomicBoolean broken = new AtomicBoolean();

  @AfterEach
  void close() {
    statement.countDown();
    transactions.close();
    limit.close();
  }

  @Test
  void aTransactionIsFreeWhenItsStatementHasEnded_andNotBefore() throws Exception {
    var id = transactions.begin(connection(), ARN);
    assertThatThrownBy(() -> use(id, this::stubborn)).isInstanceOf(StatementTimeoutException.class);

    assertThatThrownBy(() -> use(id, _ -> "another"))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("Transaction is still running a query");
    assertThatThrownBy(() -> transactions.end(id, ARN, _ -> null))
        .isInstanceOf(DatabaseErrorException.class)
        .hasMessageContaining("Transaction is still running a query");

    statement.countDown();
    over.await();
    assertThat(use(id, _ -> "another")).isEqualTo("another");
  }

  @Test
  void oneWhoseStatementRunsIsNotIdle() throws Exception {
    var id = transactions.begin(connection(), ARN);
    assertThatThrownBy(() -> use(id, this::stubborn)).isInstanceOf(StatementTimeoutException.class);

    now.set(Instant.EPOCH.plus(Duration.ofMinutes(4)));
    transactions.sweep();
    assertThat(closed).isFalse();

    statement.countDown();
    over.await();
    transactions.sweep();
    assertThat(closed).as("it was used until now").isFalse();
    now.set(Instant.EPOCH.plus(Duration.ofMinutes(8)));
    transactions.sweep();
    assertThat(closed).isTrue();
    assertThatThrownBy(() -> use(id, _ -> "another"))
        .isInstanceOf(TransactionNotFoundException.class);
  }

  @Test
  void whatCannotBeginEndsAllTheSame() throws Exception {
    broken.set(true);
    var id = transactions.begin(connection(), ARN);
    assertThatThrownBy(() -> use(id, _ -> "first")).hasMessage("This connection has been closed.");
    assertThat(over.getCount()).isZero();

    broken.set(false);
    assertThat(use(id, _ -> "second")).isEqualTo("second");
  }

  private String use(String id, Transactions.Use<String> use) throws SQLException {
    return transactions.use(
        id,
        ARN,
        (connection, end) ->
            limit.run(
                new PostgresServer(),
                connection,
                false,
                use,
                mine -> {
                  end.with(mine);
                  over.countDown();
                }));
  }

  private String stubborn(Connection connection) {
    try {
      statement.await();
      return "done";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }

  /// Of a server that takes no cancellation.
  private Connection connection() {
    return (Connection)
        Proxy.newProxyInstance(
            StatementLimitTest.class.getClassLoader(),
            new Class<?>[] {Connection.class, PGConnection.class},
            (proxy, method, _) ->
                switch (method.getName()) {
                  case "unwrap" -> proxy;
                  case "getBackendPID" -> {
                    if (broken.get()) {
                      throw new IllegalStateException("This connection has been closed.");
                    }
                    yield 7;
                  }
                  case "close" -> {
                    closed.set(true);
                    yield null;
                  }
                  default -> null;
                });
  }
}
