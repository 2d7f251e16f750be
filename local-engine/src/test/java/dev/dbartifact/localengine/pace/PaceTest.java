package dev.dbartifact.localengine.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {

  @Test
  void instantHoldsNothingButDns() {
    assertThat(Phase.values())
        .filteredOn(phase -> !Pace.INSTANT.of(phase).isZero())
        .containsExactly(Phase.DNS_PENDING);
  }

  @Test
  void quickShowsEachStateForASecond() {
    assertThat(Arrays.stream(Phase.values()).filter(phase -> phase != Phase.CHANGE_UNNOTICED))
        .allSatisfy(phase -> assertThat(Pace.QUICK.of(phase)).isEqualTo(Duration.ofSeconds(1)));
  }

  @Test
  void auroraTakesMinutesAndTheFactorDividesThem() {
    assertThat(Pace.parse("aurora").of(Phase.DNS_PENDING)).isEqualTo(Duration.ofSeconds(60));
    assertThat(Pace.parse("aurora:60").of(Phase.DNS_PENDING)).isEqualTo(Duration.ofSeconds(1));
    assertThat(Pace.parse("aurora:0.5").of(Phase.DNS_PENDING)).isEqualTo(Duration.ofMinutes(2));
  }

  /// AWS News Blog, "Amazon Aurora Fast Database Cloning".
  @Test
  void aCloneWithItsInstanceTakesFiveAndAHalfMinutes() {
    var pace = Pace.aurora(1);
    assertThat(pace.of(Phase.CLONE_CREATING).plus(pace.of(Phase.INSTANCE_CREATING)))
        .isEqualTo(Duration.ofMinutes(5).plusSeconds(30));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slow",
        "quick:2",
        "instant:1",
        "aurora:",
        "aurora:0",
        "aurora:-1",
        "aurora:x"
      })
  void whatIsNoPaceIsRefused(String text) {
    assertThatThrownBy(() -> Pace.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"instant", "quick", "aurora", "aurora:60", "aurora:0.5", "aurora:100000"})
  void itsTextIsWhatIsReadBack(String text) {
    assertThat(Pace.parse(text).text()).isEqualTo(text);
  }
}
