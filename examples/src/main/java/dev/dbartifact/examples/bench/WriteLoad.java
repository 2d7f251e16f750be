package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// pgbench's TPC-B-like transactions (three updates, a select, an insert) from two clients, while
/// it is open.
final class WriteLoad implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Process pgbench;
  private final Path log;
  private final Connection watch;
  private final long firstTransaction;
  private final long begin = System.nanoTime();

  private WriteLoad(Process pgbench, Path log, Connection watch) throws SQLException {
    this.pgbench = pgbench;
    this.log = log;
    this.watch = watch;
    this.firstTransaction = nextTransaction();
  }

  /// @param log what pgbench says
  static WriteLoad start(
      PostgresPrograms programs, Database database, RunningServer server, int tps, Path log)
      throws IOException, SQLException {
    return start(programs, database, server, log, List.of("--rate=" + tps));
  }

  /// As fast as it can.
  static WriteLoad unlimited(
      PostgresPrograms programs, Database database, RunningServer server, Path log)
      throws IOException, SQLException {
    return start(programs, database, server, log, List.of());
  }

  private static WriteLoad start(
      PostgresPrograms programs,
      Database database,
      RunningServer server,
      Path log,
      List<String> options)
      throws IOException, SQLException {
    var words =
        new ArrayList<>(
            List.of(
                "--no-vacuum", "--protocol=prepared", "--client=2", "--jobs=1", "--time=86400"));
    words.addAll(options);
    var pgbench = programs.client(database, "pgbench", words.toArray(String[]::new)).start(log);
    return new WriteLoad(pgbench, log, server.superuser());
  }

  /// Waits until so many transactions more have been committed, so that each measurement finds as
  /// much unwritten work as the one before.
  void awaitTransactions(long more) throws IOException, SQLException, InterruptedException {
    long wanted = nextTransaction() + more;
    long since = System.nanoTime();
    while (nextTransaction() < wanted) {
      if (!pgbench.isAlive() || Command.since(since).compareTo(PATIENCE) > 0) {
        throw new IOException("The load does not go on: " + Files.readString(log));
      }
      Thread.sleep(LOOK);
    }
  }

  /// Transactions per second since the start.
  double achieved() throws SQLException {
    return transactions() * 1e9 / (System.nanoTime() - begin);
  }

  /// How many were committed since the start.
  long transactions() throws SQLException {
    return nextTransaction() - firstTransaction;
  }

  /// Every transaction of the load takes one transaction id, and hardly anything else does.
  private long nextTransaction() throws SQLException {
    try (var statement = watch.createStatement();
        var row =
            statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::int8")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    watch.close();
    pgbench.destroy();
    pgbench.onExit().orTimeout(30, TimeUnit.SECONDS).join();
  }
}
