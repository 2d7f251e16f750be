package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.dbartifact.localengine.volume.LoopMount;
import dev.dbartifact.localengine.volume.PoolSize;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small pool that writes fill up while a history is kept.
@Tag("long")
class HistoryInFullPoolIT {
  private static final StorageId SOURCE = new StorageId("source");
  private static final StorageId CLONE = new StorageId("clone");
  private static final StorageId OTHER = new StorageId("other");
  private static final long MIB = 1L << 20;
  private static final PostgresHost.Options SMALL =
      new PostgresHost.Options(PoolSize.of(2048 * MIB));

  /// Until then the history gives way.
  private static final Instant EVER = Instant.EPOCH;

  private static final String FILL =
      "INSERT INTO filler SELECT repeat(md5(i::text), 20000) FROM generate_series(1, 50) AS i";
  private static final int MOST_FILLS = 200;

  @TempDir Path directory;
  private Listen listen;

  @BeforeEach
  void openTheWay() throws IOException {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void theHistoryGivesWay_theFaultIsClear_andRoomThatIsMadeServesAgain() throws Exception {
    try (var host = PostgresHost.open(directory, SMALL)) {
      create(host, SOURCE);
      create(host, OTHER);
      listen = freeAddress();
      host.start(SOURCE, listen);
      var shop = new Sql(listen, "admin", "s3cretpass", "shop");
      shop.execute(
          "CREATE TABLE filler (content text)",
          "ALTER TABLE filler ALTER content SET STORAGE EXTERNAL");
      var ballast = Files.createFile(directory.resolve("pool/volumes/other/ballast"));
      Files.write(ballast, new byte[(int) (128 * MIB)]);
      host.history().keep(SOURCE, EVER, true);
      assertThat(host.history().since(SOURCE)).isPresent();

      var fills = fillUp(host, shop);

      assertThat(host.history().since(SOURCE)).isEmpty();
      assertThat(volumes()).noneMatch(name -> name.startsWith("base.") || name.startsWith("log."));
      assertNothingIsHalfMade(host);

      host.discard(OTHER);
      serveAgain(host);
      assertThat(shop.value("SELECT count(*) FROM filler")).isEqualTo(String.valueOf(50 * fills));
      assertThat(shop.value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
      shop.execute("INSERT INTO filler VALUES ('more')", "TRUNCATE filler", "CHECKPOINT");
      awaitHistory(host, shop);
    }
  }

  /// Answers how many fills were committed. Where the log is what does not fit, the server can but
  /// end all sessions, and say why in its own log.
  private int fillUp(PostgresHost host, Sql shop) throws Exception {
    for (var fill = 0; fill < MOST_FILLS; fill++) {
      try {
        shop.execute(FILL);
      } catch (SQLException e) {
        assertThat(e.getMessage() + HostFixture.serverLog(directory, SOURCE))
            .contains("No space left on device");
        assertThat(Files.getFileStore(directory.resolve("pool")).getUsableSpace())
            .as("room that is left")
            .isLessThan(64 * MIB);
        return fill;
      }
      host.history().keep(SOURCE, EVER, true);
      assertThat(log()).as("bytes of log").isLessThan(384 * MIB);
    }
    throw new AssertionError("The pool takes more than " + MOST_FILLS + " fills");
  }

  private long log() throws IOException {
    try (var files = Files.list(directory.resolve("pool/volumes/source/pgdata/pg_wal"))) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /// Whatever its server is about meanwhile: it may begin anew, or have ended.
  private static void assertNothingIsHalfMade(PostgresHost host) {
    assertThatExceptionOfType(HostException.OutOfSpace.class)
        .isThrownBy(() -> host.copy(SOURCE, CLONE, CloneKind.FULL_COPY))
        .withMessageContaining("No space left on device");
    assertThatNoException()
        .isThrownBy(() -> assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, OTHER));
  }

  /// A server that could not write its log has ended, perhaps; another start recovers it.
  private void serveAgain(PostgresHost host) throws HostException {
    host.start(SOURCE, listen);
  }

  private static void awaitHistory(PostgresHost host, Sql shop) throws Exception {
    shop.execute("CREATE TABLE item (id int)");
    HostFixture.await(
        "the history",
        Duration.ofSeconds(60),
        () -> {
          shop.execute("INSERT INTO item VALUES (1)");
          host.history().keep(SOURCE, EVER, true);
          return host.history().since(SOURCE).isPresent();
        });
  }

  private List<String> volumes() throws IOException {
    try (var all = Files.list(directory.resolve("pool/volumes"))) {
      return all.map(each -> each.getFileName().toString()).toList();
    }
  }

  private static void create(PostgresHost host, StorageId id) throws HostException {
    var version = host.installedVersions().getFirst();
    host.create(
        id, new NewDatabase(version, "admin", new Secret("s3cretpass"), Optional.of("shop")));
  }

  private static Listen freeAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Listen(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }
  }
}
