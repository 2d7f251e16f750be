package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SpareMemoryTest {
  private static final long MIB = 1L << 20;

  private final AtomicLong heap = new AtomicLong(24 * MIB);
  private final AtomicInteger collections = new AtomicInteger();
  private final SpareMemory memory = new SpareMemory(heap::get, this::collect);

  private void collect() {
    collections.incrementAndGet();
    heap.set(30 * MIB);
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      memory.look();
    }
  }

  @Test
  void aHeapThatStaysAsItIsIsLeftAlone() {
    look(3);

    assertThat(collections).hasValue(0);
  }

  @Test
  void whatIsLeftOfWorkIsGivenBackOnce() {
    heap.set(60 * MIB);

    look(5);

    assertThat(collections).hasValue(1);
    assertThat(heap).hasValue(30 * MIB);
  }

  @Test
  void nothingIsDoneWhileTheHeapGrows() {
    for (int size = 40; size < 60; size += 4) {
      heap.set(size * MIB);
      look(1);
    }

    assertThat(collections).hasValue(0);
  }

  @Test
  void aLittleIsNotWorthAPause() {
    heap.addAndGet(MIB);

    look(3);

    assertThat(collections).hasValue(0);
  }

  @Test
  void soItIsAgainAfterMoreWork() {
    heap.set(60 * MIB);
    look(2);
    heap.set(70 * MIB);
    look(2);

    assertThat(collections).hasValue(2);
  }
}
