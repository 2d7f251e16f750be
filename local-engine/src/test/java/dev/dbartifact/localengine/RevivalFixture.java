package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.StorageId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.rds.model.Parameter;

/// An engine whose servers end by themselves, and what one asks it then.
abstract class RevivalFixture extends EngineFixture {
  static final String SHUTDOWN = "DB instance shutdown";
  static final String RECOVERING =
      "Recovery of the DB instance has started. Recovery time will vary with the amount of data to"
          + " be recovered.";
  static final String RECOVERED = "Recovery of the DB instance is complete.";
  static final String RESTARTED = "DB instance restarted";

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds.compute");

  final TurnableClock clock = new TurnableClock(Instant.now());

  @Override
  Clock clock() {
    return clock;
  }

  /// All work waits from now on; none of it is the first look at the history of these.
  void hold(StorageId... volumes) {
    for (var volume : volumes) {
      TestEngine.await("a history", () -> host.history.since(volume).isPresent());
    }
    host.hold();
  }

  StorageId plain(String id) {
    return plain(id, null);
  }

  StorageId plain(String id, String parameters) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbParameterGroupName(parameters)
            .engine("postgres")
            .dbInstanceClass("db.t4g.micro")
            .allocatedStorage(20)
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    awaitStatus(id, "available");
    return host.storageAt(address(id));
  }

  /// A group with a parameter of its own.
  String parameters(String family) {
    engine.rds.createDBParameterGroup(
        r -> r.dbParameterGroupName("own").dbParameterGroupFamily(family).description("d"));
    engine.rds.modifyDBParameterGroup(r ->
        r.dbParameterGroupName("own")
            .parameters(
                Parameter.builder()
                    .parameterName("work_mem")
                    .parameterValue("8192")
                    .applyMethod("immediate")
                    .build()));
    return "own";
  }

  StorageId replica(String id, String source) {
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier(id).sourceDBInstanceIdentifier(source));
    awaitStatus(id, "available");
    return host.storageAt(address(id));
  }

  /// The first start, which follows at once, has failed, and so do the others.
  void passAllStarts(String id) {
    var pauses = List.of(1, 5, 15, 60);
    for (var start = 2; start <= 5; start++) {
      awaitReason(id, "start %d of 5".formatted(start));
      clock.turn(Duration.ofSeconds(pauses.get(start - 2)));
    }
  }

  void addReader(String id) {
    engine.createInstance(id, "shop");
    awaitStatus(id, "available");
  }

  void awaitStatus(String id, String status) {
    engine.awaitInstance(id, each -> each.dbInstanceStatus().equals(status));
  }

  void awaitStarts(int number) {
    TestEngine.await("start " + number, () -> host.starts.get() >= number);
  }

  void awaitReason(String id, String text) {
    engine.awaitInstance(
        id, each -> each.statusInfos().stream().anyMatch(why -> why.message().contains(text)));
  }

  void awaitMessage(String id, String message) {
    TestEngine.await(message, () -> messages(id).contains(message));
    awaitStatus(id, "available");
  }

  String status(String id) {
    return engine.describeInstance(id).dbInstanceStatus();
  }

  String reason(String id) {
    return engine.describeInstance(id).statusInfos().getFirst().message();
  }

  String address(String id) {
    return engine.describeInstance(id).endpoint().address();
  }

  StorageId readerVolume(String id) {
    return new StorageId(engine.describeInstance(id).dbiResourceId().toLowerCase(Locale.ROOT));
  }

  void writerWithParameters() {
    var group = parameters("aurora-postgresql17");
    engine.create("shop");
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier("shop-1")
            .dbClusterIdentifier("shop")
            .dbInstanceClass("db.r6g.large")
            .dbParameterGroupName(group)
            .engine("aurora-postgresql"));
  }
}
