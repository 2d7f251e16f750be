package dev.dbartifact.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TimingsTest {
  @Test
  void theMedianOfAnOddNumberIsTheMiddleOne() {
    assertThat(milliseconds(900, 100, 200).median()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetweenTheMiddleTwo() {
    assertThat(milliseconds(900, 100, 200, 300).median()).isEqualTo(Duration.ofMillis(250));
  }

  @Test
  void showsMedianShortestAndLongest() {
    assertThat(milliseconds(334, 301, 402)).hasToString("0.334 s (0.301–0.402)");
  }

  @Test
  void showsNoRangeOfASingleOne() {
    assertThat(milliseconds(12_345)).hasToString("12.3 s");
  }

  @Test
  void comparesMedians() {
    assertThat(milliseconds(300, 310, 9000).ratioTo(milliseconds(1, 155, 160))).isEqualTo(2.0);
  }

  @Test
  void nothingMeasuredHasNoMedian() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Timings(List.of()));
  }

  private static Timings milliseconds(long... each) {
    return new Timings(LongStream.of(each).mapToObj(Duration::ofMillis).toList());
  }
}
