package dev.dbartifact.examples;

import dev.dbartifact.converger.migration.JdbcTarget;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Shows in SQL that a clone holds the rows of its source, and that what is written to one does not
/// reach the other. Leaves both as they were.
///
/// `SOURCE_PASSWORD` and `CLONE_PASSWORD` hold the master passwords; `--source` and `--clone` name
/// the clusters. Answers 1 when they differ.
public final class CompareShops {
  private static final List<String> TABLES =
      List.of("customers", "categories", "products", "stock", "orders", "order_lines");

  private final Connection source;
  private final Connection clone;
  private final PrintStream out;

  CompareShops(Connection source, Connection clone, PrintStream out) {
    this.source = source;
    this.clone = clone;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    return ShopProgram.run(
        "Could not compare the two clusters",
        arguments,
        List.of("source", "clone"),
        (rds, given) -> {
          var clusters = new ShopCluster(rds, System.out);
          JdbcTarget source =
              clusters.locate(
                  given.value("source", ShopSource.CLUSTER), Arguments.password("SOURCE_PASSWORD"));
          JdbcTarget clone =
              clusters.locate(
                  given.value("clone", "shop-clone"), Arguments.password("CLONE_PASSWORD"));
          return compare(source, clone, System.out);
        });
  }

  /// Whether both hold the same rows and neither sees the other's writes.
  public static boolean compare(JdbcTarget source, JdbcTarget clone, PrintStream out)
      throws SQLException, InterruptedException, ExecutionException {
    try (Connection ofSource = ShopSession.open(source);
        Connection ofClone = ShopSession.open(clone)) {
      var comparison = new CompareShops(ofSource, ofClone, out);
      return comparison.sameRows() & comparison.apart();
    }
  }

  private boolean sameRows() throws InterruptedException, ExecutionException {
    boolean same = true;
    for (String table : TABLES) {
      same &= sameRows(table);
    }
    return same;
  }

  private boolean sameRows(String table) throws InterruptedException, ExecutionException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var one = threads.submit(() -> Contents.of(source, table));
      var other = threads.submit(() -> Contents.of(clone, table));
      boolean same = one.get().equals(other.get());
      out.printf(
          "%-12s %,10d rows, checksum %016x in the source; the clone has %s%n",
          table,
          one.get().rows(),
          one.get().checksum(),
          same
              ? "the same"
              : "%,d rows, checksum %016x".formatted(other.get().rows(), other.get().checksum()));
      return same;
    }
  }

  private boolean apart() throws SQLException {
    return staysIn("clone", clone, "source", source, -1)
        & staysIn("source", source, "clone", clone, -2);
  }

  private boolean staysIn(
      String here, Connection writer, String there, Connection reader, int customer)
      throws SQLException {
    execute(writer, "DELETE FROM customers WHERE id = " + customer);
    execute(
        writer,
        "INSERT INTO customers (id, email, name) VALUES (%d, '%s@example.com', 'Written to the %s')"
            .formatted(customer, here, here));
    try {
      boolean apart = number(reader, "SELECT count(*) FROM customers WHERE id = " + customer) == 0;
      out.printf(
          "a customer written to the %s is %s in the %s%n", here, apart ? "not" : "ALSO", there);
      return apart;
    } finally {
      execute(writer, "DELETE FROM customers WHERE id = " + customer);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /// How many rows a table has, and a checksum over all of their columns that does not depend on
  /// their order.
  private record Contents(long rows, long checksum) {
    static Contents of(Connection connection, String table) throws SQLException {
      String query =
          "SELECT count(*), coalesce(bit_xor(hashtextextended(t::text, 0)), 0) FROM "
              + table
              + " t";
      try (Statement statement = connection.createStatement();
          ResultSet row = statement.executeQuery(query)) {
        row.next();
        return new Contents(row.getLong(1), row.getLong(2));
      }
    }
  }
}
