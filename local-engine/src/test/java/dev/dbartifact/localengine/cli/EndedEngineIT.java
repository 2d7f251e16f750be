package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.Leftovers;
import dev.dbartifact.localengine.state.AtomicFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Engines that were killed or stopped, servers that outlive or hinder that, and what the next one
/// finds.
class EndedEngineIT extends LaunchedEngineFixture {

  @Test
  void everythingIsThereAgainAfterTheEngineWasKilled() throws Exception {
    var prod = source();
    sql(prod).execute("create table orders as select generate_series(1, 1000) as id");
    clone("dev");

    kill();
    launch();

    for (var id : List.of("prod", "dev")) {
      await(id, () -> isAvailable(id));
      var cluster = describe(id);
      assertThat(sql(cluster).value("select count(*) from orders")).isEqualTo("1000");
    }
    assertThat(describe("prod").endpoint()).isEqualTo(prod.endpoint());
    assertThat(directory.memory()).isDirectory();
  }

  @Test
  void aRestoreThatWasCutShortIsFinishedOrUndone() throws Exception {
    var prod = source();
    sql(prod).execute("create table orders as select generate_series(1, 1000) as id");
    restore("dev");
    createInstance("dev");
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("fresh")
            .engine("aurora-postgresql")
            .masterUsername("shop")
            .masterUserPassword(PASSWORD));

    kill();
    launch();

    await("dev", () -> isAvailable("dev"));
    assertThat(sql(describe("dev")).value("select count(*) from orders")).isEqualTo("1000");
    await(
        "fresh",
        () ->
            rds.describeDBClusters().dbClusters().stream()
                .filter(each -> each.dbClusterIdentifier().equals("fresh"))
                .allMatch(each -> each.status().equals("available")));
  }

  @Test
  void stopEndsWhatAKilledEngineLeft() throws Exception {
    var prod = source();
    var pool = directory.root().resolve("pool").toString();
    kill();
    assertThat(Leftovers.servers(directory.root())).isEqualTo(1);
    assertThat(command(said, "status")).isEqualTo(1);
    assertThat(said()).contains("It left 1 database server(s) running");

    assertThat(command(said, "stop")).isZero();

    assertThat(said()).contains("stopped 1 database server(s)");
    assertThat(Leftovers.servers(directory.root())).isZero();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(pool);
    assertThatThrownBy(() -> sql(prod).value("select 1")).isInstanceOf(SQLException.class);
    said.reset();
    assertThat(command(said, "stop")).isZero();
    assertThat(said()).isEqualTo("The local engine is not running.\n");

    launch();
    await("prod", () -> isAvailable("prod"));
    assertThat(sql(describe("prod")).value("select 1")).isEqualTo("1");
  }

  @Test
  void aServerThatStandsStillIsStoppedAllTheSame() throws Exception {
    var prod = source();
    sql(prod).execute("create table orders as select generate_series(1, 1000) as id");
    var pool = directory.root().resolve("pool");
    var volumes =
        Files.exists(pool) ? pool.resolve("volumes") : directory.root().resolve("volumes");
    var pidFile =
        volumes.resolve(
            prod.dbClusterResourceId().toLowerCase(Locale.ROOT) + "/pgdata/postmaster.pid");
    var postmaster = Files.readAllLines(pidFile).getFirst();
    assertThat(new ProcessBuilder("kill", "-STOP", postmaster).start().waitFor()).isZero();

    assertThat(command(said, "stop")).isZero();

    assertThat(said()).endsWith("The local engine has stopped.\n");
    assertThat(Files.readString(temporary.resolve("engine.log"))).contains("stood still");
    assertThat(Leftovers.servers(directory.root())).isZero();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(pool.toString());
    assertThat(directory.stopping()).doesNotExist();
    rds.close();
    launch();
    await("prod", () -> isAvailable("prod"));
    assertThat(sql(describe("prod")).value("select count(*) from orders")).isEqualTo("1000");
  }

  @Test
  void aLostRecordLosesNoData() throws Exception {
    var prod = source();
    sql(prod).execute("create table orders as select generate_series(1, 1000) as id");
    var record =
        directory
            .memory()
            .resolve("clusters/" + prod.dbClusterResourceId().toLowerCase(Locale.ROOT) + ".json");
    var kept = temporary.resolve("kept.json");
    kill();
    Files.move(record, kept);
    Files.delete(AtomicFile.copy(record));

    launch();
    await("the volume to be set aside", () -> unclaimed().size() == 1);
    assertThat(rds.describeDBClusters().dbClusters()).isEmpty();
    assertThat(command(said, "status")).isZero();
    assertThat(said()).contains("no cluster accounts for", unclaimed().getFirst().toString());
    assertThat(command(said, "reset", "--unclaimed", "--yes")).isEqualTo(1);
    assertThat(command(said, "stop")).isZero();
    rds.close();

    Files.move(kept, record);
    launch();
    assertThat(unclaimed()).isEmpty();
    // Its instance went with the record.
    createInstance("prod");
    await("prod", () -> isAvailable("prod"));
    assertThat(sql(describe("prod")).value("select count(*) from orders")).isEqualTo("1000");
  }

  private static List<Path> unclaimed() {
    try {
      return Leftovers.unclaimed(directory.root());
    } catch (HostException e) {
      throw new IllegalStateException(e);
    }
  }
}
