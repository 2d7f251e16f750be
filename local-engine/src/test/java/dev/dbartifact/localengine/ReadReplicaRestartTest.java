package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Read replicas over the end of one engine and the start of the next.
class ReadReplicaRestartTest extends ReadReplicaFixture {

  @Test
  void theNextStartLetsReplicasFollowAgain() throws Exception {
    source(_ -> {});
    replica("copy");
    engine.close();
    host.followed.clear();

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    var copy = until("copy", "available");
    assertThat(host.followed)
        .containsExactly(Map.entry(storage(copy), storage(until("own", "available"))));
  }

  @Test
  void aPromotionThatWasCutShortIsDoneByTheNextStart() throws Exception {
    source(_ -> {});
    var copy = storage(replica("copy"));
    host.failWith(new HostException("killed"));
    promote("copy");
    engine.close();
    assertThat(host.followed).containsKey(copy);
    host.failWith(null);

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    assertThat(until("copy", "available").readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(host.followed).isEmpty();
  }

  /// As an engine leaves it that is killed between the records.
  @Test
  void aPromotionOfWhichOnlyTheInstanceKnowsCanBeAskedForAgain() throws Exception {
    source(_ -> {});
    replica("copy");
    var before = records("clusters");
    host.hold();
    promote("copy");
    engine.close();
    for (var file : before.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }

    engine = TestEngine.start(memory, host, Clock.systemUTC());
    var copy = until("copy", "available");
    assertThat(copy.readReplicaSourceDBInstanceIdentifier()).isEqualTo("own");
    promote("copy");
    var promoted = until("copy", "available");
    assertThat(promoted.readReplicaSourceDBInstanceIdentifier()).isNull();
    assertThat(promoted.backupRetentionPeriod()).isEqualTo(1);
    assertThat(host.followed).isEmpty();
  }

  private Map<Path, byte[]> records(String kind) throws IOException {
    var records = new HashMap<Path, byte[]>();
    try (var files = Files.list(memory.resolve(kind))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        records.put(file, Files.readAllBytes(file));
      }
    }
    return records;
  }
}
