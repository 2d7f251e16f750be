package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramInputTest {

  @TempDir Path folder;

  private int run(String script, InputStream input) throws Exception {
    var line = List.of("sh", "-c", script, "sh", folder.resolve("got").toString());
    return ClientProgram.run(new ProcessBuilder(line).inheritIO(), input);
  }

  @Test
  void theProgramGetsAllOfIt() throws Exception {
    var content = new byte[200_000];
    assertThat(run("cat > $1", new ByteArrayInputStream(content))).isZero();
    assertThat(folder.resolve("got")).hasBinaryContent(content);
  }

  @Test
  void aProgramThatEndsBeforeSaysHowItEnded() throws Exception {
    assertThat(run("exit 3", new ByteArrayInputStream(new byte[1_000_000]))).isEqualTo(3);
  }

  /// Or else psql would commit what it has.
  @Test
  void aProgramDoesNotTakeHalfForAllOfIt() {
    var half = new ByteArrayInputStream("insert\n".getBytes());
    assertThatThrownBy(() ->
            run("while read line; do :; done; : > $1", new SequenceInputStream(half, broken())))
        .hasMessage("Input/output error");
    assertThat(Files.exists(folder.resolve("got"))).isFalse();
  }

  /// As from a pg_dump that was killed while it wrote a table: psql would take the end for that of
  /// the table.
  @Test
  void aProgramDoesNotTakeTheEndOfADumpThatWasCutOffForItsEnd() {
    var dump = "--\n-- PostgreSQL database dump\n--\n\nCOPY public.t (n) FROM stdin;\n1\n";
    assertThatThrownBy(() ->
            run(
                "while read line; do :; done; : > $1",
                new WholeDump(new ByteArrayInputStream(dump.getBytes()))))
        .isInstanceOf(CutOffException.class);
    assertThat(Files.exists(folder.resolve("got"))).isFalse();
  }

  private static InputStream broken() {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        throw new IOException("Input/output error");
      }
    };
  }
}
