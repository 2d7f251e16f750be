package dev.dbartifact.localengine.route53;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainNameTest {

  @ParameterizedTest
  @CsvSource({
    "Shop.Example.com, shop.example.com.",
    "*.example.com., \\052.example.com.",
    "ü.example.com, \\303\\274.example.com.",
    "€.example.com, \\342\\202\\254.example.com.",
    "\uD83D\uDE00.example.com, \\360\\237\\230\\200.example.com.",
    "\u212A.example.com, \\342\\204\\252.example.com."
  })
  void charactersThatAreNoLettersDigitsHyphensOrUnderscoresAreTheOctetsOfUtf8(
      String given, String listed) {
    assertThat(DomainName.of(given).text()).isEqualTo(listed);
  }

  /// Or whoever deletes a record by its listed name addresses another one.
  @ParameterizedTest
  @CsvSource({
    "\\052.example.com.",
    "\\303\\274.example.com.",
    "\\360\\237\\230\\200.example.com.",
    "\\351.example.com.",
    "a\\056b.example.com."
  })
  void aListedNameMeansItself(String listed) {
    assertThat(DomainName.of(listed).text()).isEqualTo(listed);
  }

  @Test
  void anEscapeMayStandForALetter() {
    assertThat(DomainName.of("\\101\\142.example.com").text()).isEqualTo("ab.example.com.");
  }

  @Test
  void aLabelHasNoMoreThan63Octets() {
    assertThat(DomainName.of("a".repeat(63) + ".example.com").text()).hasSize(76);
    assertThatThrownBy(() -> DomainName.of("ü".repeat(32) + ".example.com"))
        .hasMessageContaining("DomainLabelTooLong");
  }
}
