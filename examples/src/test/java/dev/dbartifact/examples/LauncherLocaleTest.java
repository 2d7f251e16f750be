package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Names of files with other letters than ASCII's are understood in every locale.
class LauncherLocaleTest {

  @Test
  void whereNoLocaleIsSetItIsUtf8() throws IOException {
    assertThat(localeOf(Map.of())).isEqualTo("C.UTF-8");
    assertThat(localeOf(Map.of("LC_ALL", "C", "LANG", "en_US.UTF-8"))).isEqualTo("C.UTF-8");
    assertThat(localeOf(Map.of("LANG", "POSIX"))).isEqualTo("C.UTF-8");
  }

  @Test
  void aLocaleThatIsSetStays() throws IOException {
    assertThat(localeOf(Map.of("LC_ALL", "de_DE.utf8"))).isEqualTo("de_DE.utf8");
    assertThat(localeOf(Map.of("LANG", "en_US.UTF-8"))).isEmpty();
    assertThat(localeOf(Map.of("LANG", "de_DE"))).isEmpty();
  }

  /// What the launchers make of the variable that overrules all others.
  private static String localeOf(Map<String, String> environment) throws IOException {
    var shell =
        new ProcessBuilder("/bin/sh", "-c", ". bin/lib/jdk.sh; dba_use_jdk; echo \"${LC_ALL-}\"")
            .directory(Repository.ROOT.toFile())
            .redirectErrorStream(true);
    shell.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
    shell.environment().putAll(environment);
    var process = shell.start();
    try (var said = process.getInputStream()) {
      return new String(said.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
