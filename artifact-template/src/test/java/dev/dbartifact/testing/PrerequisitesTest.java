package dev.dbartifact.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PrerequisitesTest {
  @Test
  void whatIsThere_letsATestRun() {
    assertThatCode(() -> Prerequisites.require(true, "", true)).doesNotThrowAnyException();
    assertThatCode(() -> Prerequisites.require(true, "", false)).doesNotThrowAnyException();
  }

  @Test
  void whatIsMissing_leavesATestOut_butNotWhereAllMustRun() {
    assertThatThrownBy(() -> Prerequisites.require(false, "No docker here.", false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("No docker here.");
    assertThatThrownBy(() -> Prerequisites.require(false, "No docker here.", true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("No docker here.");
  }
}
