package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardInputTest {
  private final List<String> told = new ArrayList<>();

  @Test
  void aLineThatIsThereIsTakenWithoutAWord() throws Exception {
    var in = new ByteArrayInputStream("a-password\nmore\n".getBytes(StandardCharsets.UTF_8));

    assertThat(read(in, Duration.ofMinutes(1))).isEqualTo(Secret.masterPassword("a-password"));
    assertThat(told).isEmpty();
  }

  @Test
  void anEndIsNoPassword() {
    assertThatThrownBy(() -> read(InputStream.nullInputStream(), Duration.ofMinutes(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("DB_PASSWORD", "--db_password_file");
    assertThat(told).isEmpty();
  }

  /// As that of a job whose standard input is a pipe that nobody writes to.
  @Test
  void aPipeThatNeverEndsIsToldOfAndGivenUp() throws Exception {
    try (var silent = new PipedOutputStream();
        var in = new PipedInputStream(silent)) {
      assertThatThrownBy(() -> read(in, Duration.ofMillis(10)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("is missing");
      assertThat(told).singleElement().asString().contains("standard input", "DB_PASSWORD");
    }
  }

  private Secret read(InputStream in, Duration patience) throws Exception {
    return new StandardInput(in, patience, told::add).password();
  }
}
