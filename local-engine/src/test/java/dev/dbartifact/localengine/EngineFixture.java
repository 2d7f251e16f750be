package dev.dbartifact.localengine;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dbartifact.localengine.server.StorageId;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.Event;
import software.amazon.awssdk.services.rds.model.SourceType;

/// An engine over a fake host for each test.
abstract class EngineFixture {
  final FakeDatabaseHost host = new FakeDatabaseHost();
  @TempDir Path memory;
  TestEngine engine;

  @BeforeEach
  void start() throws Exception {
    engine = TestEngine.start(memory, host, clock());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  /// What time it is for the engine.
  Clock clock() {
    return Clock.systemUTC();
  }

  /// Lets the next engine find other settings of a resource than this one has remembered.
  ///
  /// @param file of the resource, such as `instances/db-ABC.json`
  void remembering(String file, Consumer<ObjectNode> settings) throws Exception {
    engine.close();
    var json = new ObjectMapper();
    var path = memory.resolve(file).toFile();
    var remembered = json.readTree(path);
    settings.accept((ObjectNode) remembered.get("settings"));
    json.writeValue(path, remembered);
    engine = TestEngine.start(memory, host, clock());
  }

  DBInstance until(String instance, String status) {
    return engine.awaitInstance(instance, each -> each.dbInstanceStatus().equals(status));
  }

  /// What events tell, oldest first.
  List<String> messages(SourceType type, String id) {
    return engine.rds.describeEvents(r -> r.sourceType(type).sourceIdentifier(id)).events().stream()
        .map(Event::message)
        .toList();
  }

  List<String> messages(String instance) {
    return messages(SourceType.DB_INSTANCE, instance);
  }

  static StorageId storage(DBCluster cluster) {
    return new StorageId(cluster.dbClusterResourceId().toLowerCase(Locale.ROOT));
  }

  StorageId volume(String cluster) {
    return storage(engine.describe(cluster));
  }

  /// Of one that is no member of a cluster, while its server runs.
  StorageId storage(DBInstance plain) {
    return host.storageAt(plain.endpoint().address());
  }
}
