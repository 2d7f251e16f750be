package dev.dbartifact.localengine.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.secretsmanager.model.InvalidNextTokenException;

/// A list that is shown page by page, while secrets come and go.
class SecretPageTest {

  private static SecretPage<String> page(List<String> all, String token) {
    return SecretPage.of(all, Function.identity(), 2, token);
  }

  private final String afterB = page(List.of("a", "b", "c", "d"), null).nextToken();

  @Test
  void nothingIsShownTwiceWhenANewerOneComes() {
    assertThat(page(List.of("new", "a", "b", "c", "d"), afterB))
        .isEqualTo(new SecretPage<>(List.of("c", "d"), null));
  }

  @Test
  void nothingIsLeftOutWhenOneThatWasShownGoes() {
    assertThat(page(List.of("b", "c", "d"), afterB).items()).containsExactly("c", "d");
    assertThat(page(List.of("a", "c", "d"), afterB).items()).containsExactly("c", "d");
  }

  /// The last ones are encodings of something else.
  @ParameterizedTest
  @ValueSource(strings = {"?", "bGFzdA==", "c3RhcnQ6Mg=="})
  void refusesATokenOfNoList(String token) {
    assertThatThrownBy(() -> page(List.of("a"), token))
        .isInstanceOf(InvalidNextTokenException.class);
  }
}
