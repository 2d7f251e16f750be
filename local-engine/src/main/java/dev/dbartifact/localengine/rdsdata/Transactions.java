package dev.dbartifact.localengine.rdsdata;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The transactions that are open. One that nothing asks for ends by itself.
final class Transactions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

  /// See "Calling RDS Data API" in the Aurora User Guide.
  private static final Duration IDLE = Duration.ofMinutes(3);

  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int MOST_TERMINATED = 1000;
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Map<String, Transaction> open = new ConcurrentHashMap<>();

  /// The ids of those that were committed or rolled back last.
  private final SequencedSet<String> terminated = new LinkedHashSet<>();

  private volatile Thread watch;

  Transactions(Clock clock) {
    this.clock = clock;
  }

  /// It runs one statement at a time, which may go on when its caller has gone.
  static final class Transaction {
    private final Semaphore free = new Semaphore(1);
    private final Connection connection;
    private final String resourceArn;
    private final Instant begun;
    private volatile Instant used;
    private volatile boolean ended;

    private Transaction(Connection connection, String resourceArn, Instant now) {
      this.connection = connection;
      this.resourceArn = resourceArn;
      this.begun = now;
      this.used = now;
    }
  }

  /// What is done within a transaction that stays open.
  @FunctionalInterface
  interface Loan<T> {
    /// @param over is to be run once, when nothing works on the connection any more
    T with(Connection connection, StatementLimit.After over) throws SQLException;
  }

  /// What is done within a transaction.
  @FunctionalInterface
  interface Use<T> {
    T with(Connection connection) throws SQLException;
  }

  /// @param connection is the transaction's from here on
  /// @return its id
  String begin(Connection connection, String resourceArn) throws SQLException {
    connection.setAutoCommit(false);
    var random = new byte[96];
    RANDOM.nextBytes(random);
    var id = Base64.getEncoder().encodeToString(random);
    open.put(id, new Transaction(connection, resourceArn, clock.instant()));
    startWatch();
    return id;
  }

  /// Nobody else has it before the loan is over, though the caller is told something meanwhile.
  <T> T use(String id, String resourceArn, Loan<T> use) throws SQLException {
    var transaction = taken(id, resourceArn);
    return use.with(transaction.connection, _ -> release(transaction));
  }

  /// Uses it for the last time.
  void end(String id, String resourceArn, Use<Void> how) throws SQLException {
    var transaction = taken(id, resourceArn);
    try {
      how.with(transaction.connection);
    } finally {
      end(id, transaction);
      remember(id);
      release(transaction);
    }
  }

  private Transaction taken(String id, String resourceArn) {
    sweep();
    var transaction = open.get(Sessions.required("transactionId", id));
    if (transaction == null || !transaction.resourceArn.equals(resourceArn)) {
      throw notFound(id);
    }
    if (!transaction.free.tryAcquire()) {
      throw DataFault.DATABASE_ERROR.with("Transaction is still running a query");
    }
    if (transaction.ended) {
      transaction.free.release();
      throw notFound(id);
    }
    return transaction;
  }

  private void release(Transaction transaction) {
    transaction.used = clock.instant();
    transaction.free.release();
  }

  /// With the cause, as in "Troubleshooting Amazon RDS Data API" in the Aurora User Guide.
  private RuntimeException notFound(String id) {
    return DataFault.TRANSACTION_NOT_FOUND.with(
        "Transaction %s is not found. %s",
        id,
        isTerminated(id)
            ? "One previous call resulted in a termination of your transaction."
            : "Transaction may be expired.");
  }

  private void remember(String id) {
    synchronized (terminated) {
      terminated.add(id);
      if (terminated.size() > MOST_TERMINATED) {
        terminated.removeFirst();
      }
    }
  }

  private boolean isTerminated(String id) {
    synchronized (terminated) {
      return terminated.contains(id);
    }
  }

  /// Ends those whose time is over.
  void sweep() {
    var now = clock.instant();
    for (var entry : open.entrySet()) {
      var transaction = entry.getValue();
      var over =
          !now.isBefore(transaction.used.plus(IDLE))
              || !now.isBefore(transaction.begun.plus(LONGEST));
      // One that runs a statement is not idle.
      if (over && transaction.free.tryAcquire()) {
        try {
          end(entry.getKey(), transaction);
        } finally {
          transaction.free.release();
        }
      }
    }
  }

  /// What is not committed is undone by the server when the connection ends.
  private void end(String id, Transaction transaction) {
    open.remove(id);
    transaction.ended = true;
    try {
      transaction.connection.close();
    } catch (SQLException e) {
      LOG.debug("A connection was gone already", e);
    }
  }

  private synchronized void startWatch() {
    if (watch == null) {
      watch = Thread.ofVirtual().name("rds-data-transactions").start(this::watch);
    }
  }

  private void watch() {
    while (!Thread.currentThread().isInterrupted()) {
      sweep();
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  @Override
  public synchronized void close() {
    if (watch != null) {
      watch.interrupt();
    }
    open.forEach(this::end);
  }
}
