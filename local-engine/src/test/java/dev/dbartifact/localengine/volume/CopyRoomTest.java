package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.Waiting;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Full copies on a storage of one gibibyte.
class CopyRoomTest {

  private static final long MIB = 1 << 20;

  private volatile long free = 1024 * MIB;
  private final CopyRoom storage = new CopyRoom(() -> free);

  @Test
  void copiesThatFitTogetherAreMadeAtTheSameTime() throws Exception {
    try (var _ = storage.promise(400 * MIB);
        var _ = storage.promise(400 * MIB)) {
      assertThat(free).isEqualTo(1024 * MIB);
    }
  }

  @Test
  void oneThatDoesNotFitIsRefusedAtOnce() {
    assertThatThrownBy(() -> storage.promise(993 * MIB))
        .hasMessage(
            "No space left on device: a full copy takes 993 MiB; 1024 MiB are free, of which 32 MiB"
                + " are kept for the servers that run");
  }

  @Test
  void aSecondOneThatWouldFitAloneWaitsForTheFirst_andIsRefusedIfThatTookTheRoom()
      throws Exception {
    var first = storage.promise(600 * MIB);
    var second = waiting(600);
    free = 424 * MIB;
    first.close();

    assertThatThrownBy(() -> second.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("a full copy takes 600 MiB; 424 MiB are free");
  }

  @Test
  void itIsMadeIfTheFirstTookLess() throws Exception {
    var first = storage.promise(600 * MIB);
    var second = waiting(600);
    free = 900 * MIB;
    first.close();

    second.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS).close();
    storage.promise(800 * MIB).close();
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws Exception {
    try (var _ = storage.promise(600 * MIB)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> storage.promise(600 * MIB))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /// Another copy, which waits.
  private CompletableFuture<Room> waiting(long mib) throws Exception {
    var result = new CompletableFuture<Room>();
    var thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                result.complete(storage.promise(mib * MIB));
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    Waiting.until("one that waits", () -> thread.getState() == Thread.State.WAITING);
    return result;
  }
}
