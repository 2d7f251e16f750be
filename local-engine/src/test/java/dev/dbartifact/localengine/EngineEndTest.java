package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.http.SignedCall;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The end of an engine that somebody still asks something.
class EngineEndTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("http", "rds");

  @TempDir Path memory;

  @Test
  @Timeout(60)
  void aRequestThatNeverEndsDoesNotHoldItUp_andTheServersAreStopped() throws Exception {
    var host = new FakeDatabaseHost();
    var engine = TestEngine.start(memory, host, Clock.systemUTC());
    engine.cluster("shop");
    var measuring = new CountDownLatch(1);
    host.beforeMeasuring(() -> {
      measuring.countDown();
      new CountDownLatch(1).await();
    });
    var asking = Thread.startVirtualThread(() -> measure(engine));
    assertThat(measuring.await(20, TimeUnit.SECONDS)).isTrue();

    engine.close();

    assertThat(host.closed).isTrue();
    asking.join();
  }

  private static void measure(TestEngine engine) {
    try {
      SignedCall.get(
          engine.engine.endpoint(),
          StatusService.MEASURED,
          "us-west-2",
          StatusService.NAME,
          TestEngine.KEY,
          PATIENCE);
    } catch (IOException e) {
      // The connection ends with the engine.
    }
  }
}
