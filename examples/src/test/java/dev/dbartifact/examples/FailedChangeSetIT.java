package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// A changelog with a mistake in it, and the same one corrected.
@ExtendWith(WorkshopExtension.class)
class FailedChangeSetIT {
  private static final String ID = "dev-mistaken";

  @TempDir Path folder;

  @Test
  void itIsNamed_andARunAfterTheFixCompletes(Workshop workshop) throws Exception {
    ShopCopy copy = workshop.copy(ID);
    try {
      converge(workshop, "mistaken", "REFERENCES custmers (id)")
          .exits(1)
          .isReadable()
          .says(
              "2-orders",
              "jane",
              "changelog.sql",
              "line 7",
              "custmers",
              "does not exist",
              "continues with this change set");
      assertThat(copy.query("SELECT id FROM databasechangelog")).containsExactly("1-customers");
      assertThat(copy.tags()).doesNotContainKey("db-artifact:seal");

      converge(workshop, "corrected", "REFERENCES customers (id)").isConverged();
      assertThat(copy.isSealed().query("SELECT id FROM databasechangelog ORDER BY orderexecuted"))
          .containsExactly("1-customers", "2-orders");

      converge(workshop, "corrected", "REFERENCES customers (id)").isUnchanged();
    } finally {
      copy.remove();
    }
  }

  private Answer converge(Workshop workshop, String name, String reference) throws Exception {
    Path here = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        here.resolve("changelog.sql"),
        """
        --liquibase formatted sql

        --changeset jane:1-customers
        CREATE TABLE customers (id integer PRIMARY KEY);
        --rollback DROP TABLE customers;

        --changeset jane:2-orders
        CREATE TABLE orders (id integer PRIMARY KEY, customer integer %s);
        --rollback DROP TABLE orders;
        """
            .formatted(reference));
    Path ini =
        Files.writeString(
            here.resolve("artifact-config.ini"),
            """
            [source_db]
            source_db_cluster_id = shop-prod
            [target_db]
            database_name = shop
            [liquibase]
            liquibase_changelog_path = changelog.sql
            """);
    return workshop
        .converger(workshop.image(ini), List.of("--mode", "create", "--cluster_id", ID))
        .run();
  }
}
