package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An engine that is killed while one of its programs works on a volume. The program outlives it;
/// the next engine ends it before it makes anything in the same place.
@Tag("long")
class KilledProgramIT {

  private static final String HASH = "select sum(hashtext(content)) from filler";

  @TempDir Path temporary;

  private CrashingEngine engine;
  private CrashDatabases databases;
  private CrashRequests requests;
  private LivingProcess left;

  @BeforeEach
  void launch() throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    engine = new CrashingEngine(temporary);
    databases = new CrashDatabases(engine);
    requests = new CrashRequests(engine, databases);
    engine.launch();
  }

  @AfterEach
  void remove() throws Exception {
    if (left != null && !left.hasEnded()) {
      Signal.KILL.send(left.pid());
    }
    engine.remove();
  }

  @Test
  void aFullCopyIsMadeAnew() throws Exception {
    requests.create("prod");
    requests.addInstance("prod", "prod-1");
    fill();

    left = engine.killDuring(KilledProgramIT::hasBegunToCopy, requests::copy);
    engine.launch();

    assertThat(left.hasEnded()).as("the copying of the killed engine").isTrue();
    engine.awaitRest("the copy");
    assertThat(hash("dev")).isEqualTo(hash("prod"));
    var aftermath = new CrashAftermath(engine, databases);
    aftermath.everyClusterAnswers(false);
    aftermath.nothingElseIsThere(0, false);
    engine.await("an empty trash", () -> trash().isEmpty());
  }

  /// The first cluster of a version waits for it.
  @Test
  void anEmptyDatabaseIsMadeAnew() throws Exception {
    left = engine.killDuring(line -> runs(line, "initdb"), () -> requests.create("prod"));
    engine.launch();

    assertThat(left.hasEnded()).as("the initdb of the killed engine").isTrue();
    engine.awaitRest("the undoing");
    requests.create("prod");
    requests.addInstance("prod", "prod-1");
    assertThat(databases.value(engine.cluster("prod"), "select 1")).isEqualTo("1");
    engine.await("an empty trash", () -> trash().isEmpty());
  }

  /// So much that nobody copies it in a moment, and the thousand rows that are looked for.
  private void fill() throws SQLException {
    databases.execute(
        "prod", CrashDatabases.OLD, "create table orders as select generate_series(1, 1000) as id");
    databases.execute("prod", CrashDatabases.OLD, "create table filler (content text)");
    databases.execute(
        "prod", CrashDatabases.OLD, "alter table filler alter content set storage external");
    databases.execute(
        "prod",
        CrashDatabases.OLD,
        "insert into filler select repeat(md5(i::text), 30000) from generate_series(1, 200) as i");
  }

  private String hash(String cluster) throws SQLException {
    return databases.value(engine.cluster(cluster), HASH);
  }

  private static boolean hasBegunToCopy(CommandLine line) {
    return runs(line, "cp")
        && line.holds("--archive", "--reflink=never")
        && Files.exists(Path.of(line.words().getLast(), "pgdata", "base"));
  }

  private static boolean runs(CommandLine line, String program) {
    return line.words().stream().limit(1).anyMatch(each -> each.endsWith("/" + program));
  }

  private List<Path> trash() throws IOException {
    var thrownAway = new ArrayList<Path>();
    for (var root : List.of("trash", "pool/trash")) {
      var folder = engine.directory().root().resolve(root);
      if (Files.isDirectory(folder)) {
        try (var content = Files.newDirectoryStream(folder)) {
          content.forEach(thrownAway::add);
        }
      }
    }
    return thrownAway;
  }
}
