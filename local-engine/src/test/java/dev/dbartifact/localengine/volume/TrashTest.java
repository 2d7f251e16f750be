package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Volumes on their way out while the engine ends.
class TrashTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("volume.Trash");

  @TempDir Path directory;
  private final HeldVolumes slow = new HeldVolumes();

  private Trash trash(Duration patienceOnClosing) throws IOException {
    return new Trash(slow, directory.resolve("trash"), Duration.ofHours(1), patienceOnClosing);
  }

  private void takeOne(Trash trash) throws IOException {
    trash.take(Files.createDirectories(directory.resolve("volumes/orders")));
  }

  @Test
  void closingWaitsForNothingWhereNothingIsRemoved() throws IOException {
    trash(Duration.ZERO).close();
  }

  @Test
  void closingWaitsALittleForARemoval_whichTheNextStartGoesOnWith() throws Exception {
    var trash = trash(Duration.ofMillis(10));
    takeOne(trash);

    assertThatIOException()
        .isThrownBy(trash::close)
        .withMessageContaining("still being removed")
        .withMessageContaining("the next start goes on with it");
    assertThat(trash.content()).hasSize(1);

    slow.release();
    trash.empty();
    assertThat(trash.content()).isEmpty();
  }

  /// Nor do the others stay, or the engine stand still, for one that cannot be removed.
  @Test
  void whatCannotBeRemovedStays() throws Exception {
    var trash = trash(Duration.ZERO);
    slow.release();
    slow.failWith(new IOException("Device or resource busy"));
    takeOne(trash);
    trash.await();

    trash.empty();

    assertThat(trash.content()).hasSize(1);
  }

  @Test
  void removalsRestUntilSomebodyWaitsForTheirRoom() throws Exception {
    var trash = trash(Duration.ofMinutes(1));
    slow.release();
    takeOne(trash);
    takeOne(trash);
    assertThat(trash.content()).hasSize(2);

    trash.await();

    assertThat(trash.content()).isEmpty();
  }

  @Test
  void roomThatCouldNotBeHadIsAskedForAgain() throws Exception {
    var trash = trash(Duration.ofMinutes(1));
    slow.release();
    slow.failReclaimsWith(new IOException("'btrfs subvolume sync' did not end within 60 s"));
    takeOne(trash);
    assertThatIOException().isThrownBy(trash::reclaim);
    assertThatIOException().isThrownBy(trash::reclaim);

    slow.failReclaimsWith(null);
    trash.reclaim();
    assertThat(slow.reclaims()).isEqualTo(3);
    trash.reclaim();
    assertThat(slow.reclaims()).as("nothing was thrown away since").isEqualTo(3);
  }

  /// Whose copy needs the same room must not be refused because another was quicker to ask.
  @Test
  void whoeverNeedsTheRoomWhileAnotherWaitsForItWaitsToo() throws Exception {
    var trash = trash(Duration.ofMinutes(1));
    takeOne(trash);
    var first = firstWaiting(trash);
    var second = waitingToo(trash);

    slow.release();

    assertThat(second.get()).isEqualTo(1);
    assertThat(first.get()).isEqualTo(1);
  }

  @Test
  void whoeverWaitedWithAnotherInVainDoesNotWaitAgain() throws Exception {
    var trash = trash(Duration.ofMinutes(1));
    takeOne(trash);
    var waiting = List.of(firstWaiting(trash), waitingToo(trash), waitingToo(trash));

    slow.failReclaimsWith(new IOException("'btrfs subvolume sync' did not end within 60 s"));
    slow.release();

    assertThat(waiting)
        .allSatisfy(each ->
            assertThatThrownBy(each::get)
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("did not end within 60 s"));
    assertThat(slow.reclaims()).isEqualTo(1);
  }

  @Test
  void whoeverGivesUpDoesNotTakeOthersWithIt() throws Exception {
    var trash = trash(Duration.ofMinutes(1));
    takeOne(trash);
    var first = firstWaiting(trash);
    var second = waitingToo(trash);

    first.cancel(true);
    slow.release();

    assertThat(second.get()).isEqualTo(1);
  }

  private FutureTask<Integer> firstWaiting(Trash trash) throws InterruptedException {
    var first = new FutureTask<>(() -> reclaims(trash));
    Thread.ofVirtual().start(first);
    slow.awaitRemoval();
    return first;
  }

  private FutureTask<Integer> waitingToo(Trash trash) {
    var other = new FutureTask<>(() -> reclaims(trash));
    var thread = Thread.ofPlatform().daemon().start(other);
    while (thread.getState() != Thread.State.BLOCKED && !other.isDone()) {
      Thread.onSpinWait();
    }
    return other;
  }

  private int reclaims(Trash trash) throws IOException {
    trash.reclaim();
    return slow.reclaims();
  }

  @Test
  void closingEndsWithTheRemoval() throws Exception {
    var trash = trash(Duration.ofMinutes(1));
    takeOne(trash);
    slow.release();

    trash.close();

    assertThat(trash.content()).isEmpty();
  }
}
