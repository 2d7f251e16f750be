package dev.dbartifact.examples;

import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.MigrationProgress;
import dev.dbartifact.converger.migration.MigrationResult;
import dev.dbartifact.converger.migration.MigrationSettings;
import dev.dbartifact.converger.migration.SchemaMigration;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.rds.RdsClient;

/// Makes the cluster that the examples copy: `shop-prod`, at the endpoint that the standard AWS
/// settings name, with the shop's changelog applied and so many MiB of orders in it. What is there
/// already is left alone, so a second run takes a moment.
///
/// `DB_PASSWORD` holds the master password; `--rows-mib N` and `--changelog FOLDER` are optional.
public final class ShopSource {
  public static final String CLUSTER = "shop-prod";

  private static final Path CHANGELOG = Examples.folder("02-create-and-migrate/changelog");

  private final RdsClient rds;
  private final PrintStream out;

  public ShopSource(RdsClient rds, PrintStream out) {
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
        List.of("rows-mib", "changelog"),
        (rds, given) -> {
          int rowsMib = given.number("rows-mib", 1024);
          Path changelog = Path.of(given.value("changelog", CHANGELOG.toString()));
          Secret password = Arguments.password("DB_PASSWORD");
          new ShopSource(rds, System.out).make(password, changelog, rowsMib);
          return true;
        });
  }

  /// Makes what is missing.
  ///
  /// @param changelogRoot the folder of `shop.xml`
  /// @param rowsMib about how many MiB the orders take, 0 for an empty shop
  public JdbcTarget make(Secret password, Path changelogRoot, int rowsMib) throws Exception {
    JdbcTarget shop = new ShopCluster(rds, out).make(CLUSTER, password);
    MigrationResult schema =
        new SchemaMigration(MigrationSettings.DEFAULT, MigrationProgress.NONE)
            .update(shop, changelogRoot, "shop.xml", "", "");
    out.printf(
        "schema: %d change sets applied, %d were there%n",
        schema.applied().size(), schema.alreadyApplied());
    int made = new ShopRows(shop).fill(rowsMib);
    out.printf("rows: %,d orders made, %,d wanted%n", made, ShopRows.orders(rowsMib));
    return shop;
  }
}
