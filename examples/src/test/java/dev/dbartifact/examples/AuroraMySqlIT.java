package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dbartifact.converger.migration.JdbcTarget;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Runs every case of [MySqlCases], and tells what people read.
@ExtendWith(WorkshopExtension.class)
class AuroraMySqlIT {
  private static JdbcTarget source;

  @TempDir Path folder;

  @BeforeAll
  static void makeTheSource(Workshop workshop) throws Exception {
    var nowhere = new PrintStream(OutputStream.nullOutputStream());
    source =
        new MySqlShopSource(workshop.rds(), nowhere)
            .make(Workshop.SOURCE_PASSWORD, Repository.MYSQL.resolveSibling("changelog"));
  }

  @TestFactory
  Stream<DynamicTest> cases(Workshop workshop) {
    return MySqlCases.all(source).stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> each.run(workshop)));
  }

  @Test
  void aCopyIsReachedAsTheAnswerSays(Workshop workshop) throws Exception {
    ShopCopy copy = workshop.copy("dev-mysql-told");
    try {
      JsonNode told =
          workshop
              .converger(workshop.image(Repository.MYSQL), List.of("--cluster_id", copy.id()))
              .run()
              .isConverged()
              .json();

      String at = copy.cluster().endpoint();
      int port = copy.cluster().port();
      assertThat(told.path("engine").asText()).isEqualTo("aurora-mysql");
      assertThat(told.path("jdbcUrl").asText())
          .isEqualTo("jdbc:mysql://" + at + ":" + port + "/shop?permitMysqlScheme");
      assertThat(told.path("client").asText())
          .isEqualTo("mysql -h " + at + " -P " + port + " -u shop -p shop");
    } finally {
      copy.remove();
    }
  }

  @Test
  void aChangeSetThatFails_isGoneOnWith_whereItStopped(Workshop workshop) throws Exception {
    ShopCopy copy = workshop.copy("dev-mysql-mistaken");
    try {
      converge(workshop, copy, "mistaken", "orders_of_nobody")
          .exits(1)
          .isReadable()
          .says(
              "1-orders", "jane", "changelog.sql", "line 3", "orders_of_nobody", "not done again");
      assertThat(copy.query("SELECT count(*) FROM orders")).containsExactly("0");

      converge(workshop, copy, "corrected", "orders").isConverged();
      converge(workshop, copy, "corrected", "orders").isUnchanged();
    } finally {
      copy.remove();
    }
  }

  private Answer converge(Workshop workshop, ShopCopy copy, String name, String table)
      throws Exception {
    Path here = Files.createDirectories(folder.resolve(name));
    Files.writeString(
        here.resolve("changelog.sql"),
        """
        --liquibase formatted sql

        --changeset jane:1-orders
        CREATE TABLE orders (id integer PRIMARY KEY);
        CREATE VIEW open_orders AS SELECT id FROM %s;
        --rollback DROP TABLE orders;
        """
            .formatted(table));
    Path ini =
        Files.writeString(
            here.resolve("artifact-config.ini"),
            """
            [source_db]
            source_db_cluster_id = shop-mysql
            [target_db]
            database_name = shop
            [liquibase]
            liquibase_changelog_path = changelog.sql
            """);
    return workshop
        .converger(workshop.image(ini), List.of("--mode", "create", "--cluster_id", copy.id()))
        .run();
  }
}
