package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.volume.LoopMount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A real cluster whose volume lost what says that it is complete.
class DamagedSealIT {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds", "server");

  @TempDir Path temporary;
  private RealEngine engine;
  private StorageId volume;

  @AfterEach
  void close() throws IOException {
    if (engine != null) {
      engine.close();
      LoopMount.awaitRelease(temporary);
    }
  }

  @Test
  void itsCopyDoes_andWithoutThatNothingIsLostBeforeItIsPutBack() throws Exception {
    engine = RealEngine.start(temporary);
    var prod = engine.cluster(RealEngine.Kind.POSTGRES, "prod");
    volume = EngineFixture.storage(prod);
    login().execute("CREATE TABLE item (id int)", "INSERT INTO item VALUES (1)");
    var whole = cut(false);
    assertServes();
    RealEngine.await("its history", () -> since().isPresent() == engine.host().sharesBlocks());
    var since = since();

    cut(true);
    RealEngine.await("its end", () -> status().equals("failed"));
    assertThat(engine.host().stored()).doesNotContain(volume);
    assertThat(engine.describeInstance("prod-1").statusInfos().getFirst().message())
        .contains(seal("unclaimed") + " cannot be read, nor its copy. Put it back");

    Files.writeString(seal("unclaimed"), whole);
    engine.close();
    engine = RealEngine.start(temporary);
    assertServes();
    assertThat(since()).isEqualTo(since);
  }

  /// From when on it can be restored to a time. The engine keeps that of itself.
  private Optional<Instant> since() throws Exception {
    return engine.host().history().since(volume);
  }

  private String status() {
    return engine.describeInstance("prod-1").dbInstanceStatus();
  }

  private void assertServes() throws Exception {
    engine.awaitAvailable("prod-1");
    assertThat(login().value("SELECT count(*) FROM item")).isEqualTo("1");
  }

  private Sql login() {
    return RealEngine.Kind.POSTGRES.login(engine.describe("prod"), TestEngine.PASSWORD);
  }

  /// Stops the engine, cuts the seal off while the volume can be reached, and starts another one.
  ///
  /// @return what it said
  private String cut(boolean alsoTheCopy) throws Exception {
    var seal = seal("volumes");
    var whole = Files.readString(seal);
    RealEngine.await("the copy", () -> Files.exists(AtomicFile.copy(seal)));
    for (var file : alsoTheCopy ? List.of(seal, AtomicFile.copy(seal)) : List.of(seal)) {
      Files.writeString(file, whole.substring(0, whole.length() / 2));
    }
    engine.close();
    LoopMount.awaitRelease(temporary);
    engine = RealEngine.start(temporary);
    return whole;
  }

  /// In the pool, where there is one.
  private Path seal(String folder) {
    var pool = engine.directory().resolve("pool");
    var root = Files.isDirectory(pool) ? pool : engine.directory();
    return root.resolve(folder).resolve(volume.value()).resolve("volume.json");
  }
}
