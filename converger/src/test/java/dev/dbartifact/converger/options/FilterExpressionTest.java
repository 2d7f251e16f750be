package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.InvalidInputException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which change sets are chosen.
class FilterExpressionTest extends OptionsFixture {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "test",
        "test, demo",
        "!slow",
        "not slow AND (v1.2 or !(and-more, @b))",
        "release 1",
        "notable or order"
      })
  void aFilterIsTakenAsItIs(String filter) throws Exception {
    assertThat(read("--contexts", filter).contexts()).isEqualTo(filter);
    assertThat(read("--labels", filter).labels()).isEqualTo(filter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev and (",
        "test)",
        "x'; drop",
        "a,,b",
        "and a",
        "a or",
        "not",
        "(a or ()) and b"
      })
  void aFilterThatIsNoneIsRefused(String filter) {
    for (String option : List.of("--contexts", "--labels")) {
      assertThatThrownBy(() -> read(option, filter))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll(option, "'" + filter + "' is not a filter of change sets");
    }
  }
}
