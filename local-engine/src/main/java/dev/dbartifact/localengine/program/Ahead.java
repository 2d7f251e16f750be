package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// What is looked for while its asker goes on with something else.
public final class Ahead<T> {

  private final FutureTask<T> search;

  private Ahead(FutureTask<T> search) {
    this.search = search;
  }

  /// Begins to look for it.
  public static <T> Ahead<T> of(Callable<T> search) {
    var task = new FutureTask<>(search);
    Thread.startVirtualThread(task);
    return new Ahead<>(task);
  }

  /// Waits for what was found.
  ///
  /// @throws IOException for what the search threw
  public T get() throws IOException {
    try {
      return search.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IllegalStateException("The search broke off", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while looking at this machine");
    }
  }
}
