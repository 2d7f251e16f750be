package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationsTest {
  private final Installations installations =
      new Installations(List.of(at("9.6.24"), at("15.9"), at("15.18"), at("17.11")));

  @Test
  void theNewestComesFirst() {
    assertThat(installations.versions()).containsExactly("17.11", "15.18", "15.9", "9.6.24");
  }

  @ParameterizedTest
  @CsvSource({"17.11, 17.11", "17.4, 17.11", "17, 17.11", "15.9, 15.9", "15.2, 15.18", "15, 15.18"})
  void thisVeryVersionOrTheNewestOfTheSameMajor(String wanted, String chosen) {
    assertThat(installations.choose(wanted).map(Installation::version)).contains(chosen);
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.1", "", "seventeen", "17.x", "17.11; rm"})
  void otherwiseNone(String wanted) {
    assertThat(installations.choose(wanted)).isEqualTo(Optional.empty());
  }

  private static Installation at(String version) {
    return new Installation(version, Path.of("/opt", version));
  }
}
