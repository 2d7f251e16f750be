package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterTest {
  @TempDir Path data;

  @Test
  void withoutItsFileThereIsNone() throws IOException {
    assertThat(Postmaster.of(data)).isEmpty();
  }

  @Test
  void itsFileIsReadLineByLine() {
    var lines =
        List.of(
            "4711",
            "/pool/volumes/a/pgdata",
            "1763635971",
            "5433",
            "/run/a/s",
            "127.0.0.1",
            "  1 2",
            "ready   ");

    assertThat(Postmaster.parse(lines))
        .contains(new Postmaster(4711, 5433, Path.of("/run/a/s"), "127.0.0.1", "ready"));
  }

  @Test
  void aDamagedFileIsNone() {
    assertThat(Postmaster.parse(java.util.Collections.nCopies(8, "\0\0"))).isEmpty();
    assertThat(Postmaster.parse(java.util.Collections.nCopies(8, "9".repeat(40)))).isEmpty();
  }

  @Test
  void aFileThatIsStillBeingWrittenIsNone() {
    assertThat(Postmaster.parse(List.of("4711", "/pool/volumes/a/pgdata"))).isEmpty();
  }

  @Test
  void aLiveProcessThatWorksElsewhereIsSomebodyElse() throws IOException {
    var ourselves = Long.toString(ProcessHandle.current().pid());
    Files.write(
        data.resolve("postmaster.pid"),
        List.of(ourselves, data.toString(), "1763635971", "5433", "/run/a/s", "127.0.0.1"));

    assertThat(Postmaster.of(data)).isEmpty();
  }

  @Test
  void aLiveProcessThatWasStartedOnTheDirectoryIsTheServer() throws Exception {
    var server =
        new ProcessBuilder("sh", "-c", "read line", "postgres", "-D", data.toString()).start();
    try {
      write(server.pid(), data);
      assertThat(Postmaster.of(data).map(Postmaster::pid)).contains(server.pid());
    } finally {
      server.destroyForcibly().waitFor();
    }
    assertThat(Postmaster.of(data)).isEmpty();
  }

  @Test
  void theServerOfADirectoryWhoseNameBeginsAlikeIsSomebodyElse() throws Exception {
    var other = new ProcessBuilder("sh", "-c", "read line", "postgres", "-D", data + "-2").start();
    try {
      write(other.pid(), data);
      assertThat(Postmaster.of(data)).isEmpty();
    } finally {
      other.destroyForcibly().waitFor();
    }
  }

  private static void write(long pid, Path data) throws IOException {
    Files.write(
        data.resolve("postmaster.pid"),
        List.of(
            Long.toString(pid), data.toString(), "1763635971", "5433", "/run/a/s", "127.0.0.1"));
  }
}
