package dev.dbartifact.localengine.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.Consumer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.model.GetRandomPasswordRequest;

class RandomPasswordTest {

  @Test
  void noTwoAreTheSame() {
    assertThat(password(to -> {})).hasSize(32).isNotEqualTo(password(to -> {}));
  }

  @RepeatedTest(20)
  void eachKindIsThereUnlessNotAskedFor() {
    assertThat(password(to -> to.passwordLength(5L).includeSpace(true)))
        .hasSize(5)
        .containsPattern("[a-z]")
        .containsPattern("[A-Z]")
        .containsPattern("[0-9]")
        .containsPattern("[^a-zA-Z0-9 ]")
        .contains(" ");
    assertThat(password(to -> to.passwordLength(1L).requireEachIncludedType(false))).hasSize(1);
  }

  @RepeatedTest(20)
  void whatIsExcludedIsNotThere() {
    assertThat(
            password(to ->
                to.passwordLength(200L)
                    .excludeLowercase(true)
                    .excludePunctuation(true)
                    .excludeCharacters("ABC123")))
        .matches("[D-Z04-9]+");
    assertThat(password(to -> to.passwordLength(200L).excludeUppercase(true).excludeNumbers(true)))
        .doesNotContainPattern("[A-Z0-9 ]");
  }

  @Test
  void oneThatCannotBeIsRefused() {
    assertThatThrownBy(() -> password(to -> to.passwordLength(4L).includeSpace(true)))
        .hasMessageContaining("Password length 4 is too short");
    assertThatThrownBy(() -> password(to -> to.passwordLength(0L)))
        .hasMessageContaining("between 1 and 4096");
  }

  private static String password(Consumer<GetRandomPasswordRequest.Builder> asked) {
    return RandomPassword.of(GetRandomPasswordRequest.builder().applyMutation(asked).build());
  }
}
