package dev.dbartifact.examples;

import dev.dbartifact.converger.migration.JdbcTarget;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Makes orders, always the same ones, with set-based SQL in two sessions. They come in chunks of
/// one transaction each, so an interrupted run is finished by the next, and one that wants more
/// goes on in the middle of a chunk.
final class ShopRows {
  /// Four rows fill a page: with an invoice of 59 × 32 characters an order takes just under 2 KiB,
  /// which PostgreSQL still keeps in the table and does not try to compress.
  private static final int INVOICE_PARTS = 59;

  private static final int ORDERS_PER_MIB = 512;
  private static final int CHUNK = 16 * ORDERS_PER_MIB;
  private static final int SESSIONS = 2;

  private static final String CUSTOMERS =
      """
      INSERT INTO customers (id, email, name, joined_on)
      SELECT id, 'customer' || id || '@example.com', 'Customer ' || id, date '2023-01-01' + id % 700
      FROM generate_series(1, 5000) id
      ON CONFLICT DO NOTHING
      """;
  private static final String ORDERS =
      """
      INSERT INTO orders (id, customer_id, ordered_at, status, invoice)
      SELECT id, 1 + id %% 5000, timestamptz '2024-01-01 00:00Z' + id * interval '1 minute',
             (ARRAY['open', 'paid', 'sent', 'returned'])[1 + id %% 4],
             repeat(md5(id::text), %d)
      FROM generate_series(?, ?) id
      WHERE NOT EXISTS (SELECT FROM orders WHERE orders.id = ?)
      ON CONFLICT DO NOTHING
      """
          .formatted(INVOICE_PARTS);
  private static final String LINES =
      """
      INSERT INTO order_lines (order_id, line, product_id, quantity, price)
      SELECT o.id, 1, p.id, 1 + o.id % 3, p.price
      FROM generate_series(?, ?) o(id) JOIN products p ON p.id = 1 + o.id % 9
      WHERE NOT EXISTS (SELECT FROM order_lines WHERE order_id = ?)
      ON CONFLICT DO NOTHING
      """;

  private final JdbcTarget shop;

  ShopRows(JdbcTarget shop) {
    this.shop = shop;
  }

  /// How many orders so many MiB are.
  static int orders(int mib) {
    return mib * ORDERS_PER_MIB;
  }

  /// Makes the orders that are missing.
  ///
  /// @return how many were
  int fill(int mib) throws SQLException, InterruptedException, ExecutionException {
    execute(CUSTOMERS);
    var nextChunk = new AtomicInteger();
    Callable<Integer> session = () -> fillChunks(nextChunk, orders(mib));
    int made = inParallel(IntStream.range(0, SESSIONS).mapToObj(_ -> session).toList());
    if (made > 0) {
      settle();
    }
    return made;
  }

  private int fillChunks(AtomicInteger nextChunk, int orders) throws SQLException {
    int made = 0;
    try (Connection connection = ShopSession.open(shop)) {
      connection.setAutoCommit(false);
      int first = 1 + CHUNK * nextChunk.getAndIncrement();
      while (first <= orders) {
        int last = Math.min(orders, first + CHUNK - 1);
        made += insert(connection, ORDERS, first, last);
        insert(connection, LINES, first, last);
        connection.commit();
        first = 1 + CHUNK * nextChunk.getAndIncrement();
      }
    }
    return made;
  }

  private static int insert(Connection connection, String sql, int first, int last)
      throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setInt(1, first);
      insert.setInt(2, last);
      insert.setInt(3, last);
      return insert.executeUpdate();
    }
  }

  /// Vacuums, so that reading the rows later writes nothing: the first reader of a new row
  /// otherwise marks it, and a clone would come to own every page that it reads.
  private void settle() throws InterruptedException, ExecutionException {
    inParallel(List.of(vacuum("orders"), vacuum("order_lines, customers")));
  }

  private Callable<Integer> vacuum(String tables) {
    return () -> {
      execute("VACUUM (ANALYZE) " + tables);
      return 0;
    };
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = ShopSession.open(shop);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int inParallel(List<Callable<Integer>> tasks)
      throws InterruptedException, ExecutionException {
    int sum = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> each : threads.invokeAll(tasks)) {
        sum += each.get();
      }
    }
    return sum;
  }
}
