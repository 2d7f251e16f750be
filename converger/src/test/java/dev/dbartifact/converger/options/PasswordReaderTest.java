package dev.dbartifact.converger.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where the password comes from, and what is told of it.
class PasswordReaderTest extends OptionsFixture {
  @Test
  void aPasswordOnTheCommandLineIsWarnedOf() throws Exception {
    ConvergeOptions options = read("--db_password", "a-password");

    assertThat(options.password()).contains(PASSWORD);
    assertThat(options.warnings()).singleElement().asString().contains("every user");
    assertThat(options.toString()).doesNotContain("a-password");
  }

  @Test
  void readsThePasswordFromAFile(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "a-password\n");

    assertThat(read("--db_password_file", file.toString()).password()).contains(PASSWORD);
  }

  @Test
  void aMissingPasswordFileIsNamed() {
    assertThatThrownBy(() -> read("--db_password_file", "/no/such/file"))
        .hasMessageContaining("--db_password_file: there is no file '/no/such/file'");
  }

  @Test
  void aFolderIsNoPasswordFile(@TempDir Path folder) {
    assertThatThrownBy(() -> read("--db_password_file", folder.toString()))
        .hasMessageContaining("'" + folder + "' cannot be read: Is a directory");
  }

  @Test
  void readsThePasswordFromStandardInput() throws Exception {
    var piped = List.of("--db-password-file", "-");

    assertThat(OptionsReader.read(piped, Map.of(), text("a-password\n")).password())
        .contains(PASSWORD);
    assertThatThrownBy(() -> OptionsReader.read(piped, Map.of(), StandardInput.NONE))
        .hasMessageContaining("standard input: gave no line with a password");
  }

  /// As that of a job whose standard input stays open behind the line.
  @Test
  @Timeout(30)
  void aLineOfStandardInputIsEnough() throws Exception {
    var piped = List.of("--db-password-file", "-");
    var told = new ArrayList<String>();
    try (var open = new PipedOutputStream();
        var in = new PipedInputStream(open)) {
      open.write("a-password\n".getBytes(StandardCharsets.UTF_8));
      var line = new StandardInput(in, Duration.ZERO, told::add);

      assertThat(OptionsReader.read(piped, Map.of(), line).password()).contains(PASSWORD);
      assertThat(told).isEmpty();
      assertThatThrownBy(() -> OptionsReader.read(piped, Map.of(), line))
          .hasMessageContaining("standard input: gave no line with a password");
      assertThat(told).singleElement().asString().contains("standard input");
    }
  }

  @Test
  void aWrongPasswordIsReportedUnderItsTrueSource() throws Exception {
    assertThatThrownBy(() -> read(Map.of("DB_PASSWORD", "short")))
        .hasMessageContaining("  DB_PASSWORD: a master password has");
    var piped = List.of("--db_password_file", "-");
    assertThatThrownBy(() -> OptionsReader.read(piped, Map.of(), text("short")))
        .hasMessageContaining("  standard input: a master password has");
    var named = Map.of("DB_ARTIFACT_PASSWORD_FROM", "DB_PASSWORD");
    assertThatThrownBy(() -> OptionsReader.read(piped, named, text("short")))
        .hasMessageContaining("  DB_PASSWORD: a master password has");
  }

  private static StandardInput text(String text) {
    var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    return new StandardInput(in, Duration.ZERO, _ -> {});
  }

  @Test
  void anEmptyPasswordIsNotTakenForNone() {
    assertThatThrownBy(() -> read("--db_password", ""))
        .hasMessageContaining("--db_password: is empty");
  }
}
