package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class VolumeStoreTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("volume.Trash");

  @TempDir Path directory;
  private VolumeStore store;

  @BeforeEach
  void open() throws IOException {
    store = new VolumeStore(new CopiedVolumes(), directory, Optional.empty());
  }

  /// What is removed in the background must not go on while the folder goes.
  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void anEmptyStoreHoldsNothing() throws IOException {
    assertThat(store.names()).isEmpty();
    assertThat(store.trash()).isEmpty();
    assertThat(store.seal("orders")).isEmpty();
  }

  @Test
  void noPoolIsMadeWhereNoneIsWanted() throws IOException {
    var root = Files.createDirectory(directory.resolve("without-pool"));
    try (var without = VolumeStore.open(root, PoolSize.none())) {
      without.make("orders");
    }
    assertThat(Pool.image(root)).doesNotExist();
    assertThat(root.resolve("volumes/orders")).isDirectory();
  }

  @Test
  void aVolumeIsCompleteOnceSealed() throws IOException {
    store.make("orders");
    assertThat(store.seal("orders")).isEmpty();

    store.seal(Seal.ofPostgres("orders", "17.11"), Sharing.SHARED);
    store.harden("orders");

    assertThat(store.seal("orders")).contains(Seal.ofPostgres("orders", "17.11"));
    assertThat(store.names()).containsExactly("orders");
  }

  /// Volumes that note what is brought to the disk, and whether the seal was there before.
  private static final class Noting implements Volumes {
    private final CopiedVolumes real = new CopiedVolumes();
    private final List<String> flushed = new ArrayList<>();

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public Sharing best() {
      return Sharing.SHARED;
    }

    @Override
    public boolean atomic() {
      return true;
    }

    @Override
    public void make(Path volume) throws IOException {
      real.make(volume);
    }

    @Override
    public Sharing clone(Path source, Path clone, Sharing wanted) throws IOException {
      real.clone(source, clone, wanted);
      return wanted;
    }

    @Override
    public void discard(Path volume) throws IOException {
      real.discard(volume);
    }

    @Override
    public Extent measure(Path volume) throws IOException {
      return real.measure(volume);
    }

    @Override
    public void flush(Path volume) throws IOException {
      var name = volume.getFileName().toString();
      flushed.add(name + (Seals.read(volume, name).isPresent() ? ", sealed" : ""));
    }
  }

  @Test
  void whatAVolumeSharesWithNoOtherIsOnTheDiskBeforeItsSeal_andASnapshotWaitsForNothing()
      throws IOException {
    var noting = new Noting();
    try (var own = new VolumeStore(noting, directory, Optional.empty())) {
      own.make("orders");
      own.seal(Seal.ofPostgres("orders", "17.11"), Sharing.SEPARATE);
      own.seal(Seal.ofPostgres("copy", "17.11"), own.clone("orders", "copy", Sharing.SEPARATE));
      assertThat(noting.flushed).containsExactly("orders", "copy");

      own.seal(
          Seal.ofPostgres("snapshot", "17.11"), own.clone("orders", "snapshot", Sharing.SHARED));
      own.harden("snapshot");
      assertThat(noting.flushed).hasSize(2);
    }
  }

  @Test
  void aSealNamesTheServerAndThoseOfEarlierEnginesReadOn() throws IOException {
    store.make("orders");
    store.seal(Seal.ofMariaDb("orders", "10.11.19"), Sharing.SHARED);
    assertThat(store.path("orders").resolve("volume.json"))
        .hasContent("{\"volume\":\"orders\",\"mariadb\":\"10.11.19\"}");

    Files.writeString(
        store.path("orders").resolve("volume.json"),
        "{\"volume\":\"orders\",\"postgres\":\"17.11\"}");
    assertThat(store.seal("orders")).contains(Seal.ofPostgres("orders", "17.11"));
  }

  @Test
  void serversOfAnotherUserGetThrough() throws IOException {
    var passable = PosixFilePermissions.fromString("rwx--x--x");

    assertThat(Files.getPosixFilePermissions(store.make("orders"))).isEqualTo(passable);
    assertThat(Files.getPosixFilePermissions(directory.resolve("volumes"))).isEqualTo(passable);
  }

  @Test
  void theSealOfItsSourceDoesNotMakeACloneComplete() throws IOException {
    store.make("orders");
    store.seal(Seal.ofPostgres("orders", "17.11"), Sharing.SHARED);

    store.clone("orders", "copy", Sharing.SHARED);

    assertThat(store.path("copy").resolve("volume.json")).exists();
    assertThat(store.seal("copy")).isEmpty();
  }

  @Test
  void aSealThatWasCutOffIsNone() throws IOException {
    store.make("orders");
    Files.writeString(store.path("orders").resolve("volume.json"), "{\"volume\": \"ord");

    assertThat(store.seal("orders")).isEmpty();
  }

  /// As after a power failure: no reason not to look at all others.
  @Test
  void aSealOfBytesThatAreNoTextIsDamaged() throws IOException {
    var file = store.make("orders").resolve("volume.json");
    for (var bytes : List.of(new byte[] {(byte) 0xff, (byte) 0xfe, 0, 0}, "null".getBytes())) {
      Files.write(file, bytes);

      assertThat(store.seal("orders")).isEmpty();
      assertThat(store.damaged("orders")).isTrue();
    }
  }

  @Test
  void aDiscardedVolumeLeavesNothing() throws IOException {
    store.make("orders");
    Files.writeString(store.path("orders").resolve("file"), "content");

    store.discard("orders");
    store.discard("orders");

    assertThat(store.names()).isEmpty();
    store.awaitRemovals();
    assertThat(store.trash()).isEmpty();
  }

  /// The copy that is to replace `orders`, sealed or not.
  private void next(boolean whole) throws IOException {
    Files.writeString(store.make(VolumeStore.next("orders")).resolve("file"), "new");
    if (whole) {
      store.sealNext(Seal.ofPostgres("orders", "17.11"), Sharing.SHARED);
    }
  }

  private void orders() throws IOException {
    Files.writeString(store.make("orders").resolve("file"), "old");
    store.seal(Seal.ofPostgres("orders", "17.11"), Sharing.SHARED);
  }

  @Test
  void aVolumeIsReplacedByAnother() throws IOException {
    orders();
    next(true);
    assertThat(store.seal(VolumeStore.next("orders"))).as("by itself").isEmpty();

    store.discard("orders");
    store.takePlace("orders");

    assertThat(store.names()).containsExactly("orders");
    assertThat(store.seal("orders")).isPresent();
    assertThat(store.path("orders").resolve("file")).hasContent("new");
  }

  @Test
  void aReplacementThatWasCutOffIsFinished_onceTheVolumeIsGone() throws IOException {
    orders();
    next(true);
    store.finishReplacements();
    assertThat(store.path("orders").resolve("file")).hasContent("old");
    assertThat(store.replaces(VolumeStore.next("orders"))).isFalse();

    store.discard("orders");
    assertThat(store.replaces(VolumeStore.next("orders"))).isTrue();
    store.finishReplacements();

    assertThat(store.names()).containsExactly("orders");
    assertThat(store.path("orders").resolve("file")).hasContent("new");
  }

  @Test
  void whatIsNotWholeReplacesNothing() throws IOException {
    next(false);
    assertThat(store.replaces(VolumeStore.next("orders"))).isFalse();
    store.finishReplacements();
    assertThat(store.names()).containsExactly("orders.next");

    store.seal(Seal.ofPostgres("orders.next", "17.11"), Sharing.SHARED);
    assertThat(store.replaces("orders.next")).as("a seal of its own").isFalse();
  }

  @Test
  void aNameIsFreeAtOnce_thoughTheBytesAreGivenBackLater() throws Exception {
    var slow = new HeldVolumes();
    try (var busy = new VolumeStore(slow, directory, Optional.empty())) {
      busy.make("orders");
      busy.discard("orders");
      busy.make("orders");

      assertThat(busy.names()).containsExactly("orders");
      assertThat(busy.trash()).hasSize(1);

      slow.release();
      busy.awaitRemovals();
      assertThat(busy.trash()).isEmpty();
      assertThat(busy.names()).containsExactly("orders");
    }
  }

  @Test
  void whatCannotBeRemovedIsTriedAgainAtTheNextStart() throws Exception {
    var slow = new HeldVolumes();
    slow.failWith(new IOException("Directory not empty"));
    slow.release();
    try (var busy = new VolumeStore(slow, directory, Optional.empty())) {
      busy.make("orders");
      busy.discard("orders");
      busy.awaitRemovals();
      assertThat(busy.trash()).hasSize(1);
    }

    store.sweep();

    assertThat(store.trash()).isEmpty();
  }

  @Test
  void closingWaitsForWhatIsBeingRemoved() throws Exception {
    var slow = new HeldVolumes();
    var busy = new VolumeStore(slow, directory, Optional.empty());
    busy.make("orders");
    busy.discard("orders");
    var closing = CompletableFuture.runAsync(() -> close(busy));

    slow.release();
    closing.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);

    assertThat(store.trash()).isEmpty();
  }

  private static void close(VolumeStore store) {
    try {
      store.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whatADiscardLeftWhenItWasCutOffIsSweptAndIsNoVolume() throws IOException {
    Files.createDirectories(directory.resolve("trash/0b1e/pgdata"));

    assertThat(store.names()).isEmpty();
    store.sweep();

    assertThat(store.trash()).isEmpty();
  }

  @Test
  void theLastPartIsCopiedAgain() throws IOException {
    store.make("orders");
    var log = Files.createDirectories(store.path("orders").resolve("pgdata/pg_wal"));
    Files.writeString(log.resolve("1"), "old");
    store.clone("orders", "copy", Sharing.SHARED);
    Files.delete(log.resolve("1"));
    Files.writeString(log.resolve("2"), "new");

    store.copyAgain("orders", "copy", Path.of("pgdata/pg_wal"));

    assertThat(store.path("copy").resolve("pgdata/pg_wal/1")).doesNotExist();
    assertThat(store.path("copy").resolve("pgdata/pg_wal/2")).hasContent("new");
  }
}
