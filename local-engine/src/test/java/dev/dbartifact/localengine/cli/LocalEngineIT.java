package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What clones hold, what the commands show, and what is in the files.
class LocalEngineIT extends LaunchedEngineFixture {

  @Test
  void aCloneHoldsTheSourcesRowsAndItsWritesAreItsOwn() throws Exception {
    var prod = source();
    sql(prod).execute("create table orders as select generate_series(1, 1000) as id");

    var dev = clone("dev");
    assertThat(sql(dev).value("select count(*) from orders")).isEqualTo("1000");
    sql(dev).execute("delete from orders where id > 10");

    assertThat(sql(dev).value("select count(*) from orders")).isEqualTo("10");
    assertThat(sql(prod).value("select count(*) from orders")).isEqualTo("1000");
    assertThat(prod.endpoint()).isNotEqualTo(dev.endpoint());

    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("dev").masterUserPassword("battery-staple").applyImmediately(true));
    await("the password", () -> describe("dev").pendingModifiedValues() == null);
    assertThat(sql(dev, "battery-staple").value("select 1")).isEqualTo("1");
    assertThatThrownBy(() -> sql(dev).value("select 1")).isInstanceOf(SQLException.class);
    assertThat(sql(prod).value("select 1")).isEqualTo("1");

    delete("prod");
    assertThat(sql(dev, "battery-staple").value("select count(*) from orders")).isEqualTo("10");
  }

  @Test
  void statusShowsTheTreeOfClones_andLogsWhatTheServerSaid() throws Exception {
    source();
    clone("dev");
    assertThat(command(said, "status")).isZero();
    assertThat(said())
        .containsPattern("(?m)^prod  available .* MiB own, .* shared(, .* of history since .*)?$");
    assertThat(said()).containsPattern("(?m)^└─ dev  available ");
    said.reset();
    assertThat(command(said, "status", "--output", "json")).isZero();
    assertThat(said()).contains("\"cloneOf\" : \"prod\"", "\"warnings\" : [");
    said.reset();
    assertThat(command(said, "logs", "dev")).isZero();
    assertThat(said()).contains("database system is ready to accept connections");
    assertThat(said()).doesNotContain(PASSWORD, "SCRAM-SHA-256$");
    assertThat(command(said, "logs", "nobody")).isEqualTo(1);
    assertThat(said()).contains("There is no cluster 'nobody'; there are dev, prod.");
  }

  @Test
  void filesAreTheirOwnersAlone_andNoneOfTheEnginesShowsAPassword() throws Exception {
    source();
    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("prod").masterUserPassword("battery-staple").applyImmediately(true));
    await("the password", () -> describe("prod").pendingModifiedValues() == null);

    var own = files();
    assertThat(own)
        .isNotEmpty()
        .allSatisfy(file ->
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .as(file.toString())
                .isEqualTo("rw-------"));
    for (var file : own) {
      if (!file.endsWith("pool.img")) {
        assertThat(Files.readString(file)).doesNotContain(PASSWORD, "battery-staple");
      }
    }
    assertThat(Files.readString(temporary.resolve("engine.log")))
        .doesNotContain(PASSWORD, "battery-staple", "SCRAM-SHA-256$");
  }

  /// Those of the engine itself. Servers run as another user, who reads their programs and
  /// settings.
  private static List<Path> files() throws IOException {
    var root = directory.root();
    var others = List.of("postgres", "run", "pool", "volumes");
    try (var files = Files.walk(root)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toFile().length() > 0)
          .filter(file -> !others.contains(root.relativize(file).getName(0).toString()))
          // What clients know servers by.
          .filter(file -> !file.equals(Authority.bundle(root)))
          .toList();
    }
  }
}
