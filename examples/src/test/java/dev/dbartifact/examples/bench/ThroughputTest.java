package dev.dbartifact.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final Throughput BEFORE = new Throughput(400, 1000);
  private static final Throughput AFTER = new Throughput(600, 3000);

  @Test
  void whatStaysTheSameDoesNotFall() {
    assertThat(BEFORE.fallFrom(BEFORE, BEFORE)).isZero();
    assertThat(BEFORE.fallInWorkFrom(BEFORE, BEFORE)).isZero();
  }

  @Test
  void aFallIsCountedFromTheMiddleOfBeforeAndAfter() {
    var less = new Throughput(450, 1000);

    assertThat(less.fallFrom(BEFORE, AFTER)).isCloseTo(0.1, within(1e-9));
    assertThat(less.fallInWorkFrom(BEFORE, AFTER)).isCloseTo(0.5, within(1e-9));
    assertThat(new Throughput(550, 2000).fallFrom(BEFORE, AFTER)).isCloseTo(-0.1, within(1e-9));
  }

  @Test
  void fallsAreShownByMedianAndQuartiles() {
    assertThat(new Throughput.Falls(List.of(0.9, 0.0, 0.1, -0.1, 0.2)))
        .hasToString("10 % (0 to 20)");
    assertThat(new Throughput.Falls(List.of(0.04, 0.06)).median()).isCloseTo(0.05, within(1e-9));
    assertThatIllegalArgumentException().isThrownBy(() -> new Throughput.Falls(List.of()));
  }

  @Test
  void processorTimeIsThatOfTheProcessAndOfThoseItOutlived() {
    var stat = "42 (a ) b) S 1 42 42 0 -1 4194304 100 200 0 0 7 30 400 5000 20 0 1 0 12345 0";

    assertThat(ProcessorTime.parse(stat)).isEqualTo(7 + 30 + 400 + 5000);
    assertThat(new ProcessorTime(350).secondsSince(new ProcessorTime(100))).isEqualTo(2.5);
  }
}
