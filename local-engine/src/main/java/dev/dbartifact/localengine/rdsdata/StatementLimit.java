package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.wire.ServiceFault;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.rdsdata.model.StatementTimeoutException;

/// Lets no call wait for a statement longer than AWS does.
final class StatementLimit implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatementLimit.class);

  /// Within which a statement that is cancelled ends as a rule.
  private static final Duration CANCELLED = Duration.ofSeconds(1);

  private final Duration longest;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  StatementLimit(Duration longest) {
    this.longest = longest;
  }

  /// What becomes of the connection.
  @FunctionalInterface
  interface After {
    void with(Connection connection) throws SQLException;
  }

  /// Runs the statement.
  ///
  /// @param server that the connection is with
  /// @param goesOn whether it goes on when the caller is told that it takes too long
  /// @param after is done with the connection when the statement has ended, however it does, and
  ///   also where it could not begin
  <T> T run(
      Server server, Connection connection, boolean goesOn, Transactions.Use<T> use, After after)
      throws SQLException {
    long session;
    Future<T> running;
    try {
      session = server.id(connection);
      running = begin(connection, use, after);
    } catch (SQLException | RuntimeException e) {
      after.with(connection);
      throw e;
    }
    try {
      return running.get(longest.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      if (!goesOn) {
        server.cancel(connection);
        awaitEnd(running);
      }
      throw timeout(session);
    } catch (ExecutionException e) {
      throw cause(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      server.cancel(connection);
      throw timeout(session);
    }
  }

  private <T> Future<T> begin(Connection connection, Transactions.Use<T> use, After after) {
    return threads.submit(() -> {
      try {
        return use.with(connection);
      } finally {
        after.with(connection);
      }
    });
  }

  /// So that who asks for the end of the transaction next finds nothing running in it. A statement
  /// may also go on for long, and its caller is told in time.
  private static void awaitEnd(Future<?> cancelled) {
    try {
      cancelled.get(CANCELLED.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.debug("A statement that took too long was cancelled", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException cause(ExecutionException e) throws SQLException {
    if (e.getCause() instanceof SQLException failed) {
      throw failed;
    }
    return e.getCause() instanceof RuntimeException fault
        ? fault
        : new IllegalStateException("A statement failed", e.getCause());
  }

  private static RuntimeException timeout(long connection) {
    return ServiceFault.of(
        StatementTimeoutException.builder().dbConnectionId(connection),
        "StatementTimeoutException",
        400,
        "Request timed out");
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
