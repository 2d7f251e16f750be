package dev.dbartifact.rds;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// A call that goes on while another is made.
record CallUnderWay<T>(CompletableFuture<T> answer) {

  static <T> CallUnderWay<T> of(Supplier<T> call) {
    var answer = new CompletableFuture<T>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            answer.complete(call.get());
          } catch (RuntimeException | Error failed) {
            answer.completeExceptionally(failed);
          }
        });
    return new CallUnderWay<>(answer);
  }

  /// Waits for it.
  ///
  /// @throws AwsException if the call failed with it
  T result() {
    try {
      return answer.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof AwsException ours) {
        throw ours;
      }
      throw failed;
    }
  }
}
