package dev.dbartifact.examples;

import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.MigrationProgress;
import dev.dbartifact.converger.migration.MigrationResult;
import dev.dbartifact.converger.migration.MigrationSettings;
import dev.dbartifact.converger.migration.SchemaMigration;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

/// Makes the cluster that the third example copies: `shop-mysql`, of Aurora MySQL, with that
/// example's changelog applied and a few thousand customers in it. What is there already is left
/// alone.
///
/// `DB_PASSWORD` holds the master password; `--changelog FOLDER` is optional.
public final class MySqlShopSource {
  public static final String CLUSTER = "shop-mysql";

  private static final Path CHANGELOG = Examples.folder("03-aurora-mysql/changelog");

  private static final String CUSTOMERS =
      """
      INSERT IGNORE INTO customers (id, email, name)
      WITH RECURSIVE ids (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM ids WHERE id < 1000)
      SELECT id, concat('customer', id, '@example.com'), concat('Customer ', id) FROM ids
      """;
  private static final String ORDERS =
      """
      INSERT IGNORE INTO orders (id, customer_id, product_id, pieces)
      SELECT c.id * 10 + p.id, c.id, p.id, 1 + c.id % 3 FROM customers c CROSS JOIN products p
      """;

  private final RdsClient rds;
  private final PrintStream out;

  public MySqlShopSource(RdsClient rds, PrintStream out) {
    this.rds = rds;
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) {
    return ShopProgram.run(
        "Could not make the source cluster " + CLUSTER,
        arguments,
        List.of("changelog"),
        (rds, given) -> {
          Path changelog = Path.of(given.value("changelog", CHANGELOG.toString()));
          new MySqlShopSource(rds, System.out).make(Arguments.password("DB_PASSWORD"), changelog);
          return true;
        });
  }

  /// Makes what is missing.
  ///
  /// @param changelogRoot the folder of `shop.xml`
  public JdbcTarget make(Secret password, Path changelogRoot) throws Exception {
    JdbcTarget shop = new ShopCluster(rds, out, Engine.AURORA_MYSQL).make(CLUSTER, password);
    MigrationResult schema =
        new SchemaMigration(MigrationSettings.DEFAULT, MigrationProgress.NONE)
            .update(shop, changelogRoot, "shop.xml", "", "");
    out.printf(
        "schema: %d change sets applied, %d were there%n",
        schema.applied().size(), schema.alreadyApplied());
    out.printf("rows: %,d made%n", fill(shop));
    return shop;
  }

  private static int fill(JdbcTarget shop) throws SQLException {
    try (Connection connection = ShopSession.open(shop);
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(CUSTOMERS) + statement.executeUpdate(ORDERS);
    }
  }
}
