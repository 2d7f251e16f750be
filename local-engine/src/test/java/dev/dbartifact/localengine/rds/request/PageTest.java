package dev.dbartifact.localengine.rds.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.RdsException;

class PageTest {
  private static final List<String> NAMES =
      IntStream.range(100, 130).mapToObj(Integer::toString).toList();

  @Test
  void goesOnBehindItsMarker() {
    var first = Page.of(NAMES, Function.identity(), null, 20);
    var second = Page.of(NAMES, Function.identity(), first.marker(), 20);

    assertThat(first.items()).isEqualTo(NAMES.subList(0, 20));
    assertThat(second).isEqualTo(new Page<>(NAMES.subList(20, 30), null));
  }

  /// The first two are encodings of something else.
  @ParameterizedTest
  @ValueSource(strings = {"garbage", "MTA1", "!", "20"})
  void refusesAMarkerOfNoListing(String marker) {
    assertThatThrownBy(() -> Page.of(NAMES, Function.identity(), marker, 20))
        .isInstanceOfSatisfying(
            RdsException.class,
            fault ->
                assertThat(fault.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterValue"));
  }
}
