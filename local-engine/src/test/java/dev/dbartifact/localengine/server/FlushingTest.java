package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a clone did not wait for, on a disk that takes it only after a while.
class FlushingTest {
  @RegisterExtension static final QuietLog QUIET = QuietLog.of("server.Flushing");

  private static final class Clone implements Flushing.Server {
    private final int failures;
    private int endsAfter = Integer.MAX_VALUE;
    private int attempts;
    private boolean onTheDisk;

    Clone(int failures) {
      this.failures = failures;
    }

    @Override
    public boolean running() {
      return attempts < endsAfter;
    }

    @Override
    public void flush() throws IOException {
      if (attempts++ < failures) {
        throw new IOException("No space left on device");
      }
      onTheDisk = true;
    }

    @Override
    public boolean ending() {
      return false;
    }
  }

  private final CountDownLatch closing = new CountDownLatch(1);
  private boolean startedAgain;

  private void flush(Clone clone) throws InterruptedException {
    new Flushing("shop", clone, () -> !startedAgain, closing, Duration.ofMillis(1)).run();
  }

  @Test
  void isTriedUntilEverythingIsOnTheDisk_andNotAgainThen() throws Exception {
    var clone = new Clone(3);

    flush(clone);

    assertThat(clone.onTheDisk).isTrue();
    assertThat(clone.attempts).isEqualTo(4);
  }

  @Test
  void isNotTriedAtAServerThatHasEnded() throws Exception {
    var clone = new Clone(Integer.MAX_VALUE);
    clone.endsAfter = 2;

    flush(clone);

    assertThat(clone.attempts).isEqualTo(2);
  }

  @Test
  void isTriedOnceByAnEngineThatCloses() throws Exception {
    closing.countDown();
    var clone = new Clone(Integer.MAX_VALUE);

    flush(clone);

    assertThat(clone.attempts).isEqualTo(1);
  }

  @Test
  void isLeftToALaterStartOfTheServer() throws Exception {
    startedAgain = true;
    var clone = new Clone(Integer.MAX_VALUE);

    flush(clone);

    assertThat(clone.attempts).isEqualTo(1);
  }
}
