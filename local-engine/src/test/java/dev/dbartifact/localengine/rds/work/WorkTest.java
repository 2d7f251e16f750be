package dev.dbartifact.localengine.rds.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which jobs in the background wait for which.
class WorkTest {

  private static final StorageId PROD = new StorageId("prod");
  private static final StorageId DEV = new StorageId("dev");
  private static final StorageId TEST = new StorageId("test");

  private final Work work = new Work();
  private final Queue<String> done = new ConcurrentLinkedQueue<>();

  @AfterEach
  void close() {
    work.close();
  }

  /// One that ends when it may.
  private final class Job implements Runnable {
    private final String name;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch may = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Job(String name) {
      this.name = name;
    }

    @Override
    public void run() {
      begun.countDown();
      await(may);
      done.add(name);
      ended.countDown();
    }

    boolean hasBegun() {
      return begun.getCount() == 0;
    }

    void end() {
      may.countDown();
      await(ended);
    }
  }

  @Test
  void jobsOnOneVolumeRunInTheirOrder_othersBesideThem() {
    var first = new Job("first");
    var second = new Job("second");
    var elsewhere = new Job("elsewhere");
    work.on(List.of(PROD, TEST), first);
    work.on(List.of(PROD), second);
    work.on(List.of(DEV), elsewhere);

    await(elsewhere.begun);
    await(first.begun);
    assertThat(second.hasBegun()).isFalse();
    elsewhere.end();
    first.end();
    await(second.begun);
    second.end();
    assertThat(done).containsExactly("elsewhere", "first", "second");
  }

  @Test
  void aCopyDoesNotWaitForWhatIsDoneInPassing() {
    var look = new Job("look");
    var copy = new Job("copy");
    var another = new Job("another");
    work.inPassing(PROD, look);
    await(look.begun);
    work.copying(PROD, DEV, copy);

    await(copy.begun);
    work.copying(PROD, TEST, another);
    assertThat(another.hasBegun()).as("one copy after the other").isFalse();
    copy.end();
    await(another.begun);
    another.end();
    look.end();
  }

  @Test
  void aCopyWaitsForAllElse_alsoWhereSomethingIsDoneInPassingMeanwhile() {
    var stop = new Job("stop");
    var look = new Job("look");
    var copy = new Job("copy");
    work.on(List.of(PROD), stop);
    work.inPassing(PROD, look);
    work.copying(PROD, DEV, copy);

    await(stop.begun);
    assertThat(copy.hasBegun()).isFalse();
    stop.end();
    await(copy.begun);
    copy.end();
    look.end();
  }

  @Test
  void whatIsDoneInPassingWaitsForCopies_andAllElseForBoth() {
    var look = new Job("look");
    var copy = new Job("copy");
    var next = new Job("next");
    var stop = new Job("stop");
    work.inPassing(PROD, look);
    work.copying(PROD, DEV, copy);
    work.inPassing(PROD, next);
    work.on(List.of(PROD), stop);
    await(look.begun);
    await(copy.begun);
    copy.end();
    assertThat(next.hasBegun()).isFalse();
    look.end();
    await(next.begun);
    assertThat(stop.hasBegun()).isFalse();
    next.end();
    await(stop.begun);
    stop.end();
    assertThat(done).containsExactly("copy", "look", "next", "stop");
  }

  @Test
  void aCopyOfACopyWaitsForThat() {
    var copy = new Job("copy");
    var ofTheCopy = new Job("of the copy");
    work.copying(PROD, DEV, copy);
    work.copying(DEV, TEST, ofTheCopy);
    await(copy.begun);
    assertThat(ofTheCopy.hasBegun()).isFalse();
    copy.end();
    await(ofTheCopy.begun);
    ofTheCopy.end();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
