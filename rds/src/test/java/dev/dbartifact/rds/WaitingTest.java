package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class WaitingTest {
  private final TurnableClock clock = new TurnableClock();
  private final Instant start = clock.now();
  private final List<String> reported = new ArrayList<>();
  private int looks;

  @Test
  void whatIsReadyIsNotWaitedFor() throws Exception {
    assertThat(wait(Duration.ofMinutes(60), () -> Observation.ready("available", 7))).isEqualTo(7);
    assertThat(clock.now()).isEqualTo(start);
  }

  @Test
  void noMoreThanATenthIsLost() throws Exception {
    for (int seconds : new int[] {1, 10, 60, 190}) {
      Instant begun = clock.now();
      wait(Duration.ofMinutes(60), readyAt(begun.plusSeconds(seconds)));

      assertThat(Duration.between(begun, clock.now()))
          .isLessThan(Duration.ofMillis(seconds * 1100L + 20));
    }
  }

  @Test
  void aSlowChangeDoesNotCostThousandsOfCalls() throws Exception {
    wait(Duration.ofMinutes(60), readyAt(start.plus(Duration.ofMinutes(30))));

    assertThat(looks).isLessThan(200);
  }

  @Test
  void everyChangeOfStateIsReportedOnce() throws Exception {
    wait(Duration.ofMinutes(60), readyAt(start.plusSeconds(3)));

    assertThat(reported).containsExactly("cluster x: creating", "cluster x: available");
  }

  @Test
  void throttlingIsAReasonToWait() throws Exception {
    Supplier<Observation<Integer>> look =
        () -> {
          if (++looks < 4) {
            throw AwsException.refusing("Could not look", ErrorMeaning.THROTTLED, "Rate", "");
          }
          return Observation.ready("available", looks);
        };

    assertThat(wait(Duration.ofMinutes(60), look)).isEqualTo(4);
    assertThat(Duration.between(start, clock.now())).isGreaterThan(Duration.ofSeconds(3));
  }

  @Test
  void otherFailuresEndTheWait() {
    assertThatThrownBy(() ->
            wait(
                Duration.ofMinutes(1),
                () -> {
                  throw AwsException.refusing("Could not", ErrorMeaning.NO_ACCESS, "no", "");
                }))
        .isInstanceOf(AwsException.class);
  }

  @Test
  void whatFailedIsNotWaitedFor() {
    assertThatThrownBy(() ->
            wait(
                Duration.ofMinutes(1),
                () -> Observation.hopeless(StatusClass.FAILED, "cloning-failed", "Delete it.")))
        .isInstanceOf(WaitingException.class)
        .hasMessageContainingAll("cluster x", "cloning-failed", "Delete it.", "an event");
    assertThat(clock.now()).isEqualTo(start);
  }

  @Test
  void givesUpInTimeAndTellsHowToGoOn() {
    assertThatThrownBy(() -> wait(Duration.ofMinutes(2), () -> Observation.inProgress("creating")))
        .isInstanceOf(WaitingException.class)
        .hasMessage(
            "Gave up waiting for cluster x after 2 min: it is in state 'creating'. Run it again.\n"
                + "The last events:\n  an event");
    assertThat(Duration.between(start, clock.now())).isEqualTo(Duration.ofMinutes(2));
  }

  private Supplier<Observation<Integer>> readyAt(Instant when) {
    return () -> {
      looks++;
      return clock.now().isBefore(when)
          ? Observation.inProgress("creating")
          : Observation.ready("available", 1);
    };
  }

  private int wait(Duration timeout, Supplier<Observation<Integer>> look)
      throws InterruptedException {
    WaitingReport report =
        (resource, state, statusClass, waited) -> reported.add(resource + ": " + state);
    return new Waiting(clock, timeout, report, () -> 0, "Run it again.")
        .until("cluster x", look, () -> List.of("an event"));
  }
}
