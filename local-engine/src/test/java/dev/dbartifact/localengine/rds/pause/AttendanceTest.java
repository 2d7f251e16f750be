package dev.dbartifact.localengine.rds.pause;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class AttendanceTest {

  private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Attendance attendance = new Attendance(NOON);

  @Test
  void whereNobodyComesItIsIdleInTime() {
    assertThat(idleAfter(299)).isFalse();
    assertThat(idleAfter(300)).isTrue();
  }

  @Test
  void whileSomebodyIsThereItIsNotIdle() {
    attendance.enter();
    attendance.enter();
    attendance.leave(NOON);
    assertThat(idleAfter(86_400)).isFalse();
  }

  @Test
  void theLastToLeaveCounts() {
    attendance.enter();
    attendance.enter();
    attendance.leave(NOON.plusSeconds(10));
    attendance.leave(NOON.plusSeconds(20));
    assertThat(idleAfter(319)).isFalse();
    assertThat(idleAfter(320)).isTrue();
  }

  @Test
  void whoLeavesDoesNotShortenWhatIsToCountFromLater() {
    attendance.countFrom(NOON.plusSeconds(1000));
    attendance.enter();
    attendance.leave(NOON.plusSeconds(20));
    assertThat(idleAfter(1299)).isFalse();
    assertThat(idleAfter(1300)).isTrue();
  }

  @Test
  void somethingIsDoneOnlyWhileItIsIdle() {
    var done = new AtomicBoolean();
    attendance.enter();
    assertThat(attendance.whileIdle(NOON.plusSeconds(300), PATIENCE, () -> done.set(true)))
        .isFalse();
    assertThat(done).isFalse();

    attendance.leave(NOON);
    assertThat(attendance.whileIdle(NOON.plusSeconds(300), PATIENCE, () -> done.set(true)))
        .isTrue();
    assertThat(done).isTrue();
  }

  private boolean idleAfter(int seconds) {
    return attendance.isIdle(NOON.plusSeconds(seconds), PATIENCE);
  }
}
