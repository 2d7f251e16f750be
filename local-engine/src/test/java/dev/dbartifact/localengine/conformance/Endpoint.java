package dev.dbartifact.localengine.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import software.amazon.awssdk.services.rds.RdsClient;

/// What is checked: an RDS endpoint, and what stands behind it.
///
/// @param rds the SDK's client, which talks to it over the wire
/// @param bytes what a cluster takes, by its name
/// @param patience how long what must happen may take
public record Endpoint(
    RdsClient rds, Databases databases, Function<String, Usage> bytes, Duration patience) {

  /// Waits until it is so.
  void await(String what, Callable<Boolean> condition) {
    var deadline = System.nanoTime() + patience.toNanos();
    while (!isTrue(condition)) {
      assertThat(System.nanoTime()).as("waited in vain for " + what).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }

  private static boolean isTrue(Callable<Boolean> condition) {
    try {
      return condition.call();
    } catch (Exception e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  void write(Databases.Server server, String password, String word) throws Databases.Refused {
    databases.write(server, password, word);
  }

  List<String> read(Databases.Server server, String password) throws Databases.Refused {
    return databases.read(server, password);
  }

  boolean letsIn(Databases.Server server, String password) {
    try {
      databases.read(server, password);
      return true;
    } catch (Databases.Refused e) {
      return false;
    }
  }
}
