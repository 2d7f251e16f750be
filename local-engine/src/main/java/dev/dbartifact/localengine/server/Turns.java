package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Semaphore;

/// Work that many may want at once, of which a few are done at a time, in the order in which they
/// came.
final class Turns {

  private final Semaphore free;

  /// @param atOnce how many are done at a time
  Turns(int atOnce) {
    free = new Semaphore(atOnce, true);
  }

  interface Task {
    void run() throws IOException;
  }

  /// Does it when its turn comes.
  void take(Task task) throws IOException {
    try {
      free.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine is shutting down");
    }
    try {
      task.run();
    } finally {
      free.release();
    }
  }
}
