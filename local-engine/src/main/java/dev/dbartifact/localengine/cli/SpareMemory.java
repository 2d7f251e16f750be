package dev.dbartifact.localengine.cli;

import java.util.function.LongSupplier;

/// Memory that the engine has, and needs no more. The JVM's serial collector lets the old
/// generation grow for as long as it may before it looks for what is dead in there, and what many
/// clusters need while they are made stays. So the engine asks for a look when it has grown, and
/// grows no further.
final class SpareMemory {

  /// A collection takes some tens of milliseconds, in which nothing else is done.
  private static final long WORTHWHILE = 2L << 20;

  private final LongSupplier heap;
  private final Runnable collection;

  /// How large the heap was when there was nothing to spare.
  private long settled;

  /// How large it was at the last look.
  private long last;

  /// @param heap how large it is, in bytes, with what is free in it
  /// @param collection makes it as large as what lives needs
  SpareMemory(LongSupplier heap, Runnable collection) {
    this.heap = heap;
    this.collection = collection;
    settled = heap.getAsLong();
    last = settled;
  }

  /// That of this JVM.
  static SpareMemory ofThisProcess() {
    return new SpareMemory(Runtime.getRuntime()::totalMemory, System::gc);
  }

  /// Gives back what there is, unless the heap has grown since the last look: then there will be
  /// more.
  void look() {
    var now = heap.getAsLong();
    if (now == last && now - settled >= WORTHWHILE) {
      collection.run();
      settled = heap.getAsLong();
    }
    last = heap.getAsLong();
  }
}
