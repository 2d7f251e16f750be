package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.converger.migration.JdbcTarget;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/// Copies of a shop on Aurora MySQL.
final class MySqlCases {
  private static final String ROWS =
      "SELECT count(*), bit_xor(crc32(concat_ws(',', id, email, name))) FROM customers";

  private MySqlCases() {}

  static List<ConvergeCase> all(JdbcTarget source) {
    return List.of(
        new ConvergeCase(
            "a clone of Aurora MySQL holds the rows of its source and is apart from it",
            Repository.MYSQL,
            Way.WRAPPER,
            List.of("--cluster_id", "dev-mysql"),
            "dev-mysql",
            copy -> isAClone(copy, source)),
        new ConvergeCase(
            "nothing but a confined container is needed for a clone of Aurora MySQL",
            Repository.MYSQL,
            Way.CONFINED_CONTAINER,
            List.of("--cluster_id", "dev-mysql-confined"),
            "dev-mysql-confined",
            copy -> isAClone(copy, source)),
        new ConvergeCase(
            "a fresh cluster of Aurora MySQL has the schema of the changelog and no rows",
            Repository.MYSQL,
            Way.CONTAINER,
            List.of("--mode", "create", "--db_username", "keeper", "--cluster_id", "dev-mysql-new"),
            "dev-mysql-new",
            MySqlCases::isAFreshShop));
  }

  private static void isAClone(ShopCopy copy, JdbcTarget source) throws Exception {
    assertThat(copy.cluster().engine()).isEqualTo("aurora-mysql");
    assertThat(copy.cluster().masterUsername()).isEqualTo("shop");
    assertThat(copy.query(ROWS))
        .containsExactly(rows(source))
        .first()
        .asString()
        .startsWith("1000,");
    copy.execute("INSERT INTO customers (email, name) VALUES (uuid(), 'Written to the clone')");
    assertThat(copy.query(ROWS)).doesNotContain(rows(source));
    copy.execute("DELETE FROM customers WHERE name = 'Written to the clone'");
    copy.takesThePassword(Workshop.PASSWORD).refusesThePassword(Workshop.SOURCE_PASSWORD.reveal());
  }

  private static String rows(JdbcTarget source) throws Exception {
    try (Connection connection = ShopSession.open(source);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(ROWS)) {
      row.next();
      return row.getString(1) + "," + row.getString(2);
    }
  }

  private static void isAFreshShop(ShopCopy copy) throws Exception {
    assertThat(copy.cluster().masterUsername()).isEqualTo("keeper");
    assertThat(copy.cluster().databaseName()).isEqualTo("shop");
    assertThat(copy.query("SELECT id FROM DATABASECHANGELOG ORDER BY orderexecuted"))
        .containsExactly(
            "customers", "products", "products-rows", "orders", "order-totals", "customer-spend");
    assertThat(copy.query("SELECT count(*), sum(price) FROM products")).containsExactly("3,25.10");
    assertThat(copy.query("SELECT count(*), customer_spend(1) FROM customers"))
        .containsExactly("0,0.00");
    copy.refusesThePassword(Workshop.SOURCE_PASSWORD.reveal());
  }
}
