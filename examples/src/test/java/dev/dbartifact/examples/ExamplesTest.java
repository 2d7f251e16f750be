package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  @Test
  void theScriptSaysWhereTheyLie() throws IOException {
    String script = Files.readString(Repository.EXAMPLES.resolve("shop"), StandardCharsets.UTF_8);
    assertThat(script).contains("-Ddbartifact.examples=\"$here\"");

    System.setProperty("dbartifact.examples", Repository.EXAMPLES.toString());
    try {
      assertThat(Examples.folder("02-create-and-migrate/changelog")).isDirectory();
    } finally {
      System.clearProperty("dbartifact.examples");
    }
  }
}
