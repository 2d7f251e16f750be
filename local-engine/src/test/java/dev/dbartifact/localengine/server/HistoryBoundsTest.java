package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dbartifact.localengine.postgres.WalSegment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryBoundsTest {
  private static final long GIB = 1L << 30;
  private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");
  private static final HistoryBounds BOUNDS = new HistoryBounds(10 * GIB, GIB);

  @Test
  void eachVolumeMayTakeATwentiethOfTheStorage() {
    assertThat(HistoryBounds.within(200 * GIB)).isEqualTo(BOUNDS);
    assertThat(HistoryBounds.within(20 * GIB)).isEqualTo(new HistoryBounds(GIB, GIB / 4));
    assertThat(HistoryBounds.within(GIB / 4)).isEqualTo(new HistoryBounds(256L << 20, 64L << 20));
    assertThatIllegalArgumentException().isThrownBy(() -> new HistoryBounds(GIB, 2 * GIB));
    assertThatIllegalArgumentException().isThrownBy(() -> new HistoryBounds(GIB, 1));
  }

  @Test
  void aBaseIsMadeAtFirst_afterMuchLog_andAfterADay() {
    var one = List.of(base(NOON));
    assertThat(BOUNDS.wantsBase(List.of(), 0, NOON)).isTrue();
    assertThat(BOUNDS.wantsBase(one, GIB - 1, NOON.plusSeconds(1))).isFalse();
    assertThat(BOUNDS.wantsBase(one, GIB, NOON.plusSeconds(1))).isTrue();
    assertThat(BOUNDS.wantsBase(one, 0, NOON.plus(Duration.ofDays(1)))).isFalse();
    assertThat(BOUNDS.wantsBase(one, 0, NOON.plus(Duration.ofDays(1)).plusSeconds(1))).isTrue();
  }

  @Test
  void theOldestBaseGoesWhenTheNextOneReachesFarEnough() {
    var two = List.of(base(NOON), base(NOON.plusSeconds(60)));
    assertThat(BOUNDS.spares(two, GIB, NOON.plusSeconds(59))).isFalse();
    assertThat(BOUNDS.spares(two, GIB, NOON.plusSeconds(60))).isTrue();
  }

  @Test
  void theOldestBaseGoesWhenThereIsTooMuch_butNeverTheOnlyOne() {
    var two = List.of(base(NOON), base(NOON.plusSeconds(60)));
    assertThat(BOUNDS.spares(two, 10 * GIB, Instant.EPOCH)).isFalse();
    assertThat(BOUNDS.spares(two, 10 * GIB + 1, Instant.EPOCH)).isTrue();
    assertThat(BOUNDS.spares(two.subList(1, 2), 10 * GIB + 1, NOON.plusSeconds(99))).isFalse();
    assertThat(BOUNDS.spares(List.of(), 0, NOON)).isFalse();
  }

  private static Base base(Instant moment) {
    return new Base(
        Base.name("orders", moment), "orders", moment, new WalSegment("000000010000000000000001"));
  }
}
