package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.cli.SaidStatus;
import dev.dbartifact.localengine.postgres.UnpackedPostgres;
import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.volume.LoopMount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A small pool that the writes of a real clone fill up.
class FillingPoolIT {
  private static final String WARNING = "The storage pool is";
  private static final int MOST_FILLS = 200;

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("rds", "server");

  @TempDir Path temporary;
  private RealEngine engine;

  @BeforeEach
  void anEngineOnASmallPool() throws Exception {
    UnpackedPostgres.into(Files.createDirectory(temporary.resolve("data")));
    engine = RealEngine.onPool(temporary, 1L << 30, Clock.systemUTC());
  }

  @AfterEach
  void close() throws Exception {
    if (engine != null) {
      engine.close();
      LoopMount.awaitRelease(temporary);
    }
  }

  @Test
  void statusWarns_whileThereIsStillRoomForAnotherClone() throws Exception {
    engine.cluster(RealEngine.Kind.POSTGRES, "prod");
    clone("dev");
    var dev = RealEngine.Kind.POSTGRES.login(engine.describe("dev"), TestEngine.PASSWORD);
    dev.execute(
        "CREATE TABLE filler (content text)",
        "ALTER TABLE filler ALTER content SET STORAGE EXTERNAL");
    assertThat(status()).doesNotContain(WARNING);

    assertThat(statusOnceItWarns(dev)).contains("delete clusters or snapshots before writes fail");

    clone("late");
    var late = RealEngine.Kind.POSTGRES.login(engine.describe("late"), TestEngine.PASSWORD);
    assertThat(late.value("SELECT 1")).isEqualTo("1");
  }

  private void clone(String id) {
    engine
        .rds()
        .restoreDBClusterToPointInTime(r ->
            r.dbClusterIdentifier(id)
                .sourceDBClusterIdentifier("prod")
                .restoreType("copy-on-write")
                .useLatestRestorableTime(true));
    engine.instance(RealEngine.Kind.POSTGRES, id + "-1", id);
  }

  /// Servers free some of their log now and then, and it may warn no more a moment later.
  private String statusOnceItWarns(Sql dev) throws Exception {
    for (var fill = 0; fill < MOST_FILLS; fill++) {
      dev.execute(
          "INSERT INTO filler SELECT repeat(md5(i::text), 20000) FROM generate_series(1, 10) AS i");
      var status = status();
      if (status.contains(WARNING)) {
        return status;
      }
    }
    throw new AssertionError("The pool takes more than " + MOST_FILLS + " fills");
  }

  /// What the command line says, with the warnings.
  private String status() throws Exception {
    return SaidStatus.of(engine.directory());
  }
}
