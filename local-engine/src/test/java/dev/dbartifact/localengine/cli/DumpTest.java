package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpTest {

  @TempDir Path folder;

  @Test
  void aFileIsLeftToTheProgram() throws Exception {
    try (var sql = Dump.open(file("a.sql", "create table a();"));
        var archive = Dump.open(file("a.dump", "PGDMP and more"));
        var directory = Dump.open(folder)) {
      assertThat(sql.isPlain()).isTrue();
      assertThat(archive.isPlain()).isFalse();
      assertThat(directory.isPlain()).isFalse();
      assertThat(sql.isPiped() || archive.isPiped() || directory.isPiped()).isFalse();
    }
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aPipeLosesNothing() throws Exception {
    for (var text : new String[] {"create table a();", "PGDMP and more", "x"}) {
      try (var dump = Dump.open(pipe(text))) {
        assertThat(dump.isPlain()).isEqualTo(!text.startsWith("PGDMP"));
        assertThat(dump.piped().readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo(text);
      }
    }
  }

  @Test
  void aPipeWithNothingInItIsEmpty() {
    assertThatThrownBy(() -> Dump.open(pipe(""))).hasMessageContaining("the file is empty");
  }

  @Test
  void aFileThatWasCutOffIsNoDump() throws Exception {
    var file = file("a.sql", "--\n-- PostgreSQL database dump\n--\n\nselect 1;\n");
    assertThatThrownBy(() -> Dump.open(file))
        .hasMessageContaining("Could not load " + file + ": a dump of pg_dump begins in it")
        .hasMessageContaining("'-- PostgreSQL database dump complete'")
        .hasMessageContaining("make it again");
  }

  @Test
  void aPipeThatWasCutOffDoesNotJustEnd() throws Exception {
    try (var dump = Dump.open(pipe("-- PostgreSQL database dump\nselect 1;\n"))) {
      assertThatThrownBy(() -> dump.piped().readAllBytes()).isInstanceOf(CutOffException.class);
    }
  }

  /// As `gunzip -c dump.sql.gz |` makes one.
  private Path pipe(String text) throws Exception {
    var pipe = Files.createTempDirectory(folder, "pipe").resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture.runAsync(() -> {
      try {
        Files.writeString(pipe, text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    });
    return pipe;
  }
}
