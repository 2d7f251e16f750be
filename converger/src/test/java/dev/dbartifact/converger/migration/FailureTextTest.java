package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.artifact.Secret;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class FailureTextTest {
  /// The sentence that it becomes part of ends in one of its own.
  @Test
  void theFullStopAtTheEndIsLeftOut() {
    var failed = new IOException("the file is gone. Look for it. ");
    assertThat(FailureText.of(failed)).isEqualTo("the file is gone. Look for it");
    assertThat(FailureText.of(failed, Secret.masterPassword("a-password")))
        .isEqualTo("the file is gone. Look for it");
  }
}
