package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.Engine;
import dev.dbartifact.converger.migration.MigrationProgress;
import dev.dbartifact.converger.migration.MigrationSettings;
import dev.dbartifact.converger.migration.SchemaMigration;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ShopChangelogTest {
  @Test
  void theShopsChangelogsAreSound() throws Exception {
    var migration = new SchemaMigration(MigrationSettings.DEFAULT, MigrationProgress.NONE);

    assertThat(
            migration.check(
                Engine.AURORA_POSTGRESQL,
                Path.of("02-create-and-migrate/changelog"),
                "shop.xml",
                "",
                ""))
        .isEqualTo(13);
    assertThat(
            migration.check(
                Engine.AURORA_MYSQL, Path.of("03-aurora-mysql/changelog"), "shop.xml", "", ""))
        .isEqualTo(6);
  }
}
