package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.pace.Pace;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.Parameter;

/// What waits for a reboot when an engine is killed, whose servers run on. The next one works on a
/// copy of the records and of the servers at that moment.
class ParametersAcrossRestartTest extends EngineFixture {

  private static final Map<String, String> FEW = Map.of("max_connections", "50");

  private final TurnableClock clock = new TurnableClock(Instant.now());
  private final FakeDatabaseHost rest = new FakeDatabaseHost();
  @TempDir Path second;

  @Override
  Clock clock() {
    return clock;
  }

  @BeforeEach
  void makeAGroup() {
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("own").dbParameterGroupFamily("postgres17").description("d"));
  }

  @AfterEach
  void releaseAll() {
    host.release();
  }

  @Test
  void aRebootThatNeverCameIsMadeUpFor() throws Exception {
    make();
    until("shop", "available");
    limitConnections();
    host.hold();
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop"));

    try (var again = next()) {
      assertHas(again, FEW);
    }
  }

  /// Even where nothing waits for it: whoever asked wanted to be rid of sessions, perhaps.
  @Test
  void alsoOneThatChangesNothing() throws Exception {
    make();
    var volume = storage(until("shop", "available"));
    host.hold();
    engine.rds.rebootDBInstance(r -> r.dbInstanceIdentifier("shop"));

    try (var again = next()) {
      assertHas(again, Map.of());
      assertThat(rest.written).containsExactly(volume);
    }
  }

  @Test
  void anInstanceThatIsStillBeingMadeHasWhatItsGroupSays() throws Exception {
    atTheirPace();
    make();
    awaitServer();
    limitConnections();
    assertThat(engine.describeInstance("shop").dbInstanceStatus()).isEqualTo("creating");

    try (var again = next()) {
      assertHas(again, FEW);
    }
  }

  @Test
  void anInstanceThatIsStillBeingStartedKeepsWaiting() throws Exception {
    make();
    until("shop", "available");
    atTheirPace();
    awaitServer();
    limitConnections();
    assertThat(engine.describeInstance("shop").dbInstanceStatus()).isEqualTo("starting");

    try (var again = next()) {
      again.awaitInstance("shop", each -> each.dbInstanceStatus().equals("available"));
      assertThat(ofTheServer()).isEmpty();
      assertThat(status(again)).isEqualTo("pending-reboot");
    }
  }

  /// Formulas count with the class that the instance has by then.
  @Test
  void aClassThatWasBeingChangedIsCountedWith() throws Exception {
    make();
    until("shop", "available");
    limitConnections("{DBInstanceVCPU*10}");
    host.hold();
    engine.rds.modifyDBInstance(r ->
        r.dbInstanceIdentifier("shop").dbInstanceClass("db.m5.2xlarge").applyImmediately(true));
    assertThat(engine.describeInstance("shop").dbInstanceStatus()).isEqualTo("modifying");

    try (var again = next()) {
      assertHas(again, Map.of("max_connections", "80"));
    }
  }

  private void make() {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("shop")
            .engine("postgres")
            .engineVersion("17.5")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .dbParameterGroupName("own")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
  }

  private void atTheirPace() throws Exception {
    engine.close();
    engine = TestEngine.start(memory, host, clock, Pace.QUICK);
  }

  private void awaitServer() {
    TestEngine.await("the server", () -> !host.served().isEmpty());
  }

  private void limitConnections() {
    limitConnections("50");
  }

  private void limitConnections(String number) {
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("own")
            .parameters(
                Parameter.builder()
                    .parameterName("max_connections")
                    .parameterValue(number)
                    .applyMethod("pending-reboot")
                    .build()));
    assertThat(status(engine)).isEqualTo("pending-reboot");
  }

  private TestEngine next() throws Exception {
    PowerCut.copy(memory, second);
    rest.takeOverServed(host);
    return TestEngine.start(second, rest, clock);
  }

  private void assertHas(TestEngine again, Map<String, String> parameters) {
    again.awaitInstance("shop", each -> each.dbInstanceStatus().equals("available"));
    assertThat(ofTheServer()).isEqualTo(parameters);
    assertThat(status(again)).isEqualTo("in-sync");
  }

  private Map<String, String> ofTheServer() {
    assertThat(rest.served()).hasSize(1);
    return rest.parameters.get(rest.served().iterator().next());
  }

  private static String status(TestEngine of) {
    return of.describeInstance("shop").dbParameterGroups().getFirst().parameterApplyStatus();
  }
}
