package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server that runs refuses values which the rules of its parameters let pass, and keeps those
/// that it has. It starts with none of them.
class RefusedParameterTest extends ParameterFixture {

  private static final String SENSELESS = FakeParameters.SENSELESS;
  private static final String EVENT =
      "Unable to apply parameter search_path to %s. Error information: setting could not be applied."
          .formatted(SENSELESS);

  @Test
  void theGroupAndAnEventSayThatAValueWasNotTaken() {
    ofCluster("search_path", SENSELESS, "immediate");

    awaitFailure();
    assertThat(ofTheInstance()).isEqualTo("in-sync");
    assertThat(messages("shop-1")).contains(EVENT);
  }

  @Test
  void theServerKeepsWhatItHadOfThatAndTakesTheRest() {
    ofInstance("search_path", "public", "immediate");
    TestEngine.await("in-sync", () -> ofTheInstance().equals("in-sync"));

    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("own")
            .parameters(
                parameter("search_path", SENSELESS, "immediate"),
                parameter("work_mem", "8192", "immediate")));

    TestEngine.await("the refusal", () -> ofTheInstance().equals("failed-to-apply"));
    assertThat(ofTheServer()).isEqualTo(Map.of("search_path", "public", "work_mem", "8192"));
    assertThat(ofTheCluster()).isEqualTo("in-sync");
  }

  @Test
  void aDefaultThatIsNotTakenIsAMatterOfTheGroupThatWasReset() {
    ofCluster("search_path", FakeParameters.LASTING, "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));

    engine.rds.resetDBClusterParameterGroup(r ->
        r.dbClusterParameterGroupName("tuned")
            .parameters(parameter("search_path", null, "immediate")));

    awaitFailure();
    assertThat(ofTheInstance()).isEqualTo("in-sync");
    assertThat(messages("shop-1"))
        .anyMatch(each -> each.startsWith("Unable to apply parameter search_path to its default."));
  }

  @Test
  void aBetterValueIsTakenAfterThat() {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();

    ofCluster("search_path", "public", "immediate");

    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheServer()).isEqualTo(Map.of("search_path", "public"));
  }

  @Test
  void whatElseIsChangedMeanwhileDoesNotHideIt() {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();

    ofCluster("work_mem", "8192", "immediate");

    TestEngine.await("the reload", () -> ofTheServer().equals(Map.of("work_mem", "8192")));
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  @Test
  void aServerThatEndsByItselfComesBackWithoutIt() {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();
    var starts = host.starts.get();

    host.kill(volume("shop"));

    TestEngine.await("a start", () -> host.starts.get() > starts);
    awaitAvailable();
    assertThat(ofTheServer()).isEmpty();
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  @Test
  void soDoesAServerThatTheNextEngineStarts() throws Exception {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());

    awaitAvailable();
    assertThat(ofTheServer()).isEmpty();
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  /// As on RDS, where a reboot is what applies all that the groups say.
  @Test
  void aRebootAsksForItAndTheInstanceIsIncompatible() {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();

    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop-1"));

    until("shop-1", "incompatible-parameters");
    engine.rds.resetDBClusterParameterGroup(
        r -> r.dbClusterParameterGroupName("tuned").resetAllParameters(true));
    reboot();
    assertThat(ofTheCluster()).isEqualTo("in-sync");
  }

  @Test
  void anotherClassThatChangesNothingOfItsServerLeavesItAlone() {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();
    var starts = host.starts.get();

    become("db.r6g.xlarge");

    assertThat(host.starts).hasValue(starts);
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  @Test
  void anotherClassThatRestartsItsServerIsNoReasonToAskForItAgain() {
    ofCluster("max_connections", "{DBInstanceVCPU*10}", "pending-reboot");
    reboot();
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();

    become("db.r6g.xlarge");

    assertThat(ofTheServer()).isEqualTo(Map.of("max_connections", "40"));
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  @Test
  void norIsAnotherPort() {
    ofCluster("search_path", SENSELESS, "immediate");
    awaitFailure();
    var starts = host.starts.get();

    engine.rds.modifyDBCluster(
        r -> r.dbClusterIdentifier("shop").port(5433).applyImmediately(true));

    TestEngine.await("a start", () -> host.starts.get() > starts);
    awaitAvailable();
    assertThat(ofTheServer()).isEmpty();
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  /// The server never had the first one.
  @Test
  void ofTwoInARowNoneIsWhatTheServerHadBefore() {
    ofCluster("search_path", "public", "immediate");
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    host.hold();
    var told = host.reloads.get();
    ofCluster("search_path", SENSELESS, "immediate");
    TestEngine.await("the reload", () -> host.reloads.get() > told);
    ofCluster("search_path", SENSELESS + " too", "immediate");
    host.release();
    awaitFailure();
    var starts = host.starts.get();

    host.kill(volume("shop"));

    TestEngine.await("a start", () -> host.starts.get() > starts);
    awaitAvailable();
    assertThat(ofTheServer()).isEqualTo(Map.of("search_path", "public"));
    assertThat(ofTheCluster()).isEqualTo("failed-to-apply");
  }

  /// The engine is killed between the two; the server runs on.
  @Test
  void oneThatWasToldToNoServerIsRefusedToTheNextEngine(@TempDir Path killed) throws Exception {
    host.hold();
    ofCluster("search_path", SENSELESS, "immediate");
    PowerCut.copy(memory, killed);
    var rest = new FakeDatabaseHost();
    rest.takeOverServed(host);
    host.release();
    engine.close();

    engine = TestEngine.start(killed, rest, Clock.systemUTC());

    awaitAvailable();
    awaitFailure();
    assertThat(messages("shop-1")).contains(EVENT);
  }

  @Test
  void aServerThatCannotBeToldSaysSoToo() {
    host.failWith(new HostException("It stands still"));

    ofCluster("work_mem", "8192", "immediate");

    awaitFailure();
    assertThat(messages("shop-1"))
        .contains("Unable to apply parameters. Error information: It stands still.");
    host.failWith(null);
  }

  @Test
  void theNextEngineTellsAServerThatCouldNotBeTold() throws Exception {
    host.failWith(new HostException("It stands still"));
    ofCluster("work_mem", "8192", "immediate");
    awaitFailure();
    host.failWith(null);
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());

    awaitAvailable();
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(ofTheServer()).isEqualTo(Map.of("work_mem", "8192"));
  }

  /// It does not wait for ever.
  @Test
  void anEngineThatEndsWhileItTellsAServerCallsThatNoFailure() throws Exception {
    host.hold();
    ofCluster("work_mem", "8192", "immediate");
    engine.close();

    engine = TestEngine.start(memory, host, Clock.systemUTC());

    awaitAvailable();
    TestEngine.await("in-sync", () -> ofTheCluster().equals("in-sync"));
    assertThat(messages("shop-1")).noneMatch(each -> each.startsWith("Unable to apply"));
  }

  private void become(String size) {
    engine.rds.modifyDBInstance(
        r -> r.dbInstanceIdentifier("shop-1").dbInstanceClass(size).applyImmediately(true));
    engine.awaitInstance(
        "shop-1",
        each -> each.dbInstanceStatus().equals("available") && each.dbInstanceClass().equals(size));
  }

  private void awaitFailure() {
    TestEngine.await("the refusal", () -> ofTheCluster().equals("failed-to-apply"));
  }
}
