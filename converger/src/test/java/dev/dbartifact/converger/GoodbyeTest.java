package dev.dbartifact.converger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoodbyeTest {
  @Test
  void whoeverStopsTheImageHearsHowToGoOn() {
    assertThat(said(Map.of())).isEqualTo(Goodbye.TEXT + "\n");
  }

  @Test
  void aWrapperThatSaysItItselfIsNotRepeated() {
    assertThat(said(Map.of("DB_ARTIFACT_WRAPPED", "1"))).isEmpty();
  }

  private static String said(Map<String, String> environment) {
    var err = new ByteArrayOutputStream();
    new Goodbye(new PrintStream(err, true, StandardCharsets.UTF_8), environment).say();
    return err.toString(StandardCharsets.UTF_8);
  }
}
