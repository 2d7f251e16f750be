package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.program.Pipeline.Stage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PipelineTest {

  private static Stage shell(String script) {
    return new Stage(List.of("/bin/sh", "-c", script), Map.of("WORD", "given"));
  }

  @Test
  void whatAllSayIsAnswered_inTheirOrder() throws Exception {
    assertThat(
            Pipeline.run(
                List.of(shell("echo one; echo first >&2"), shell("read it; echo got $it >&2"))))
        .isEqualTo("first\ngot one\n");
  }

  @Test
  void oneGetsWhatItIsGivenAndNoKeysOfTheShell() throws Exception {
    assertThat(Pipeline.run(List.of(shell("echo $WORD $LC_ALL ${AWS_SECRET_ACCESS_KEY-none} >&2"))))
        .isEqualTo("given C none\n");
  }

  @Test
  void theLastThatFailedIsTheOneToBlame() {
    var reader = shell("echo cannot read >&2; exit 3");
    assertThatThrownBy(() -> Pipeline.run(List.of(shell("exec yes"), reader)))
        .isInstanceOfSatisfying(
            ProgramFailedException.class,
            e -> {
              assertThat(e.code()).isEqualTo(3);
              assertThat(e.errors()).isEqualTo("cannot read\n");
            });
  }

  @Test
  void soIsOneWhoseReaderWasContent() {
    assertThatThrownBy(
            () -> Pipeline.run(List.of(shell("echo lost >&2; exit 4"), shell("cat >/dev/null"))))
        .hasMessageContaining("lost");
  }
}
