package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.testing.Prerequisites;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.RestoreDbClusterToPointInTimeRequest;

/// What is done with clusters that are paused, or may pause.
class PausedClusterUseIT extends RealPauseFixture {

  @Test
  void aCloneOfOneThatIsPausedHasEverything_andLeavesItPaused() throws Exception {
    var source = withOrders("source");
    awaitPaused("source");
    restore("clone", "source", _ -> {});
    instance("clone", POSTGRES, "db.r6g.large");

    assertThat(orders(describe("clone"))).isEqualTo("1000");
    assertThat(processesOf(source)).isEmpty();
  }

  @Test
  void aPausedCloneIsReset() throws Exception {
    var origin = withOrders("origin");
    restore("reset", "origin", r -> r.serverlessV2ScalingConfiguration(RealPauseFixture::mayPause));
    instance("reset", POSTGRES, SERVERLESS);
    var clone = describe("reset");
    execute(postgres(clone), "drop table orders");
    awaitPaused("reset");
    awaitPaused("origin");

    reset("reset");

    assertThat(orders(clone)).isEqualTo("1000");
    assertThat(processesOf(origin)).isEmpty();
    awaitPaused("reset");
  }

  private static void restore(
      String id, String source, Consumer<RestoreDbClusterToPointInTimeRequest.Builder> more) {
    rds.restoreDBClusterToPointInTime(r -> {
      r.dbClusterIdentifier(id)
          .sourceDBClusterIdentifier(source)
          .restoreType("copy-on-write")
          .useLatestRestorableTime(true);
      more.accept(r);
    });
  }

  private static void reset(String id) throws Exception {
    var reply =
        SignedCall.post(
            engine.engine().endpoint().resolve(StatusService.RESET),
            "{\"clusters\": [\"" + id + "\"]}",
            "us-west-2",
            StatusService.NAME,
            TestEngine.KEY,
            Waiting.PATIENCE);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @Test
  void aPausedClusterIsBroughtToAnotherMajorVersion() throws Exception {
    var from = newestOf("15");
    var to = newestOf("17");
    Prerequisites.require(
        from.isPresent()
            && to.isPresent()
            && engine.host().majorUpgrades().possible(from.get(), to.get()),
        "There is no PostgreSQL 15 to upgrade from; Debian 12 has it.");
    var old = withOrders("old", r -> r.engineVersion(from.get()));
    awaitPaused("old");

    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier("old")
            .engineVersion(to.get())
            .allowMajorVersionUpgrade(true)
            .applyImmediately(true));

    await(
        "the upgrade", () -> available("old") && describe("old").engineVersion().equals(to.get()));
    assertThat(orders(old)).isEqualTo("1000");
    assertThat(value(postgres(old), "show server_version_num")).startsWith("17");
    awaitPaused("old");
  }

  private static Optional<String> newestOf(String major) {
    return engine.host().installedVersions(ServerKind.POSTGRESQL).stream()
        .filter(each -> each.startsWith(major + "."))
        .findFirst();
  }

  @Test
  void whatEndedWithItsEngineIsThereForWhoComes() throws Exception {
    var kept = withOrders("kept");
    stop();
    start();

    assertThat(processesOf(kept)).isEmpty();
    assertThat(orders(kept)).isEqualTo("1000");
    awaitPaused("kept");
  }

  @Test
  void capacityMovesTheServerToItsEndpoint_andBack() throws Exception {
    var moved = cluster("moved", POSTGRES);
    assertThat(value(postgres(moved), "select inet_server_addr()")).isNotEqualTo(moved.endpoint());
    capacity("moved", 0.5);
    assertThat(value(postgres(moved), "select inet_server_addr()")).isEqualTo(moved.endpoint());
    capacity("moved", 0);
    assertThat(value(postgres(moved), "select inet_server_addr()")).isNotEqualTo(moved.endpoint());
    awaitPaused("moved");
  }

  private static void capacity(String id, double least) {
    var before = restarts(id);
    rds.modifyDBCluster(r ->
        r.dbClusterIdentifier(id)
            .serverlessV2ScalingConfiguration(c -> c.minCapacity(least).maxCapacity(4.0)));
    await("the move of " + id, () -> restarts(id) > before && available(id));
  }

  private static long restarts(String id) {
    return messages(id).stream().filter("DB instance restarted"::equals).count();
  }
}
