package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TurnsTest {
  private final Turns turns = new Turns(2);
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());

  /// Returns when it is at work, or waits for that.
  private Thread take(String name, CountDownLatch end) {
    var begun = new CountDownLatch(1);
    var thread =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              begun.countDown();
              try {
                turns.take(() -> {
                  await(end);
                  done.add(name);
                });
              } catch (IOException e) {
                done.add(name + ": " + e.getMessage());
              }
            });
    await(begun);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoComesFirstIsNotHeldUp() throws Exception {
    turns.take(() -> done.add("first"));

    assertThat(done).containsExactly("first");
  }

  @Test
  void oneMoreWaitsUntilAnotherIsDone() throws Exception {
    var end = new CountDownLatch(1);
    var first = take("first", end);
    var second = take("second", new CountDownLatch(1));
    var third = take("third", new CountDownLatch(0));
    assertThat(done).isEmpty();

    end.countDown();

    first.join();
    third.join();
    assertThat(done).containsExactly("first", "third");
    assertThat(second.isAlive()).isTrue();
  }

  @Test
  void oneThatFailsGivesItsTurnBack() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() ->
              turns.take(() -> {
                throw new IOException("no room");
              }))
          .hasMessage("no room");
    }

    turns.take(() -> done.add("next"));

    assertThat(done).containsExactly("next");
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    take("first", new CountDownLatch(1));
    take("second", new CountDownLatch(1));
    var third = take("third", new CountDownLatch(0));

    third.interrupt();

    third.join();
    assertThat(done).containsExactly("third: the engine is shutting down");
  }
}
