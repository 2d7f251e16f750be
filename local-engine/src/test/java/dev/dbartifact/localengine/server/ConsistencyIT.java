package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.volume.LoopMount;
import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clones taken one after another while several sessions write to the source, on each kind of
/// volume. Every one starts, is whole by its own rules and by PostgreSQL's (`pg_amcheck`, checksums
/// of all pages), has all that was acknowledged before it was asked for, and goes its own way.
///
/// `scripts/consistency` runs it at length: `-Dconsistency.clones`, `-Dconsistency.kinds`.
@Tag("long")
class ConsistencyIT {

  private static final int CLONES = Integer.getInteger("consistency.clones", 2);
  private static final int SESSIONS = 3;
  private static final String PASSWORD = "correct-horse";
  private static final StorageId SOURCE = new StorageId("source");

  @TempDir Path temporary;

  enum Kind {
    BTRFS("btrfs", CloneKind.COPY_ON_WRITE),
    REFLINK("reflink", CloneKind.COPY_ON_WRITE),
    PLAIN("plain copy", CloneKind.FULL_COPY);

    private final String storage;
    private final CloneKind clones;

    Kind(String storage, CloneKind clones) {
      this.storage = storage;
      this.clones = clones;
    }
  }

  static Stream<Kind> kinds() {
    var wanted = System.getProperty("consistency.kinds", "btrfs,reflink,plain");
    return Arrays.stream(wanted.split(","))
        .map(each -> Kind.valueOf(each.strip().toUpperCase(Locale.ROOT)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyCloneOfABusySourceIsWhole(Kind kind) throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    var data = Files.createDirectory(temporary.resolve("data"));
    try (var volumes = prepared(kind, data);
        var host = PostgresHost.open(volumes.path(), PostgresHost.Options.defaults())) {
      assertThat(host.storageKind()).isEqualTo(kind.storage);
      var run = new Run(host, volumes.path(), programs(host));
      var started = System.nanoTime();
      run.cloneOnAndOn(kind);
      System.out.printf(
          "%d clones on %s, whole and apart; %d transfers meanwhile, %d s%n",
          CLONES,
          kind.storage,
          run.transfers,
          Duration.ofNanos(System.nanoTime() - started).toSeconds());
    }
  }

  /// Where the volumes are, and what gives back what they took.
  private record Volumes(Path path, Optional<LoopMount> mount) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (mount.isPresent()) {
        mount.get().close();
      }
    }
  }

  private static Volumes prepared(Kind kind, Path data) throws IOException {
    return switch (kind) {
      case BTRFS -> {
        LoopMount.require("mkfs.btrfs", "btrfs-progs");
        yield new Volumes(data, Optional.empty());
      }
      case REFLINK -> {
        var mount = LoopMount.xfs(data, 4L << 30);
        yield new Volumes(mount.path(), Optional.of(mount));
      }
      case PLAIN -> {
        Files.createDirectories(data.resolve("volumes/from-before"));
        yield new Volumes(data, Optional.empty());
      }
    };
  }

  /// PostgreSQL with its programs.
  private record Programs(String version, Path bin) {}

  /// Of a version that has programs to check with; the bundled one has none.
  private static Programs programs(PostgresHost host) {
    var found =
        host.installedVersions().stream()
            .map(version -> new Programs(version, programsOf(version.replaceAll("\\..*", ""))))
            .filter(each -> Files.isExecutable(each.bin().resolve("pg_amcheck")))
            .findFirst();
    Prerequisites.require(found.isPresent(), "There is no pg_amcheck of the package postgresql.");
    return found.orElseThrow();
  }

  private static Path programsOf(String major) {
    return Path.of("/usr/lib/postgresql", major, "bin");
  }

  private static final class Run {
    private final PostgresHost host;
    private final Path data;
    private final Programs programs;
    private long transfers;

    Run(PostgresHost host, Path data, Programs programs) {
      this.host = host;
      this.data = data;
      this.programs = programs;
    }

    void cloneOnAndOn(Kind kind) throws Exception {
      host.create(
          SOURCE,
          new NewDatabase(programs.version(), "admin", new Secret(PASSWORD), Optional.of("shop")));
      var source = started(SOURCE);
      assertThat(source.value("SHOW data_checksums")).isEqualTo("on");
      try (var writing = WritingSessions.open(source, SESSIONS)) {
        writing.awaitMore(100);
        for (var number = 1; number <= CLONES; number++) {
          checkClone(new StorageId("clone-" + number), kind, source, writing);
        }
        transfers = writing.acknowledged();
      }
      WritingSessions.assertWhole(source);
      assertThat(source.value("SELECT count(*) FROM mark WHERE writer <> 'source'"))
          .as("what clones wrote and the source has")
          .isEqualTo("0");
    }

    private void checkClone(StorageId id, Kind kind, Sql source, WritingSessions writing)
        throws Exception {
      var acknowledged = writing.acknowledged();
      assertThat(host.copy(SOURCE, id, CloneKind.COPY_ON_WRITE)).isEqualTo(kind.clones);
      // Each session may have committed one whose answer it has not read.
      var atMost = writing.acknowledged() + SESSIONS;
      source.execute("INSERT INTO mark VALUES ('source')");
      var marks = source.value("SELECT count(*) FROM mark");

      var clone = started(id);
      var last = WritingSessions.assertWhole(clone);
      assertThat(last).as(id + ": the last transfer").isBetween(acknowledged, atMost);

      clone.execute("INSERT INTO mark VALUES ('" + id + "')", "UPDATE last SET n = n + 1000000");
      writing.awaitMore(20);
      assertThat(source.value("SELECT count(*) FROM mark")).isEqualTo(marks);
      assertThat(clone.value("SELECT max(n) FROM journal")).isEqualTo("" + last);
      assertThat(clone.value("SELECT count(*) FROM mark"))
          .as(id + ": the mark that the source wrote after it is not there")
          .isEqualTo(marks);

      check(id, clone);
      host.discard(id);
    }

    /// Every page and every index.
    private void check(StorageId id, Sql clone) throws Exception {
      Program.run(
          programs.bin().resolve("pg_amcheck").toString(),
          "--database",
          "shop",
          "--install-missing",
          "--heapallindexed",
          "--parent-check",
          "-h",
          AdminLogin.socketDirectory(data, id.value()).toString(),
          "-p",
          "" + clone.listen().port(),
          "-U",
          AdminLogin.USER);
      host.stop(id);
      var checked =
          Program.run(
              programs.bin().resolve("pg_checksums").toString(),
              "--check",
              "-D",
              pgdata(id).toString());
      assertThat(checked).contains("Bad checksums:  0");
    }

    private Path pgdata(StorageId id) {
      var pool = data.resolve("pool");
      return (Files.exists(pool) ? pool : data)
          .resolve("volumes")
          .resolve(id.value())
          .resolve("pgdata");
    }

    private Sql started(StorageId id) throws HostException, IOException {
      var listen = HostFixture.freeAddress();
      host.start(id, listen);
      return new Sql(listen, "admin", PASSWORD, "shop");
    }
  }
}
