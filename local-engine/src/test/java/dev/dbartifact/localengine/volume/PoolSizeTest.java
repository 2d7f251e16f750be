package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PoolSizeTest {
  private static final long GIB = 1L << 30;

  @Test
  void byItselfAPoolTakesMostOfWhatIsFree() {
    assertThat(PoolSize.automatic().within(100 * GIB)).isEqualTo(80 * GIB);
    assertThat(PoolSize.automatic().within(1000 * GIB)).isEqualTo(200 * GIB);
  }

  @Test
  void aChosenSizeStays() {
    assertThat(PoolSize.of(2 * GIB).within(GIB)).isEqualTo(2 * GIB);
  }

  @Test
  void aTinyPoolIsRefused() {
    assertThatThrownBy(() -> PoolSize.of(1000))
        .hasMessageContaining("at least 268435456 bytes, not 1000");
  }

  @Test
  void noPoolIsNoTinyOne() {
    assertThat(PoolSize.none().isNone()).isTrue();
    assertThat(PoolSize.automatic().isNone()).isFalse();
    assertThat(PoolSize.of(2 * GIB).isNone()).isFalse();
  }
}
