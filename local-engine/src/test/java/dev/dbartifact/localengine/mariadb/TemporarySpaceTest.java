package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.QuietLog;
import dev.dbartifact.localengine.program.ProcessState;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The room of temporary tables, beside a process that looks like a server's.
class TemporarySpaceTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("mariadb.TemporarySpace");

  @TempDir Path folder;

  private final List<Path> given = new ArrayList<>();
  private MariaDbFiles files;
  private Process server;

  @BeforeEach
  void start() throws IOException {
    files =
        new MariaDbFiles(
            folder.resolve("data"),
            Files.createDirectory(folder.resolve("settings")),
            Files.createDirectory(folder.resolve("socket")),
            folder.resolve("log"));
    begin();
  }

  private void begin() throws IOException {
    server =
        new ProcessBuilder(
                "sh", "-c", "while read -r line; do :; done", MariaDbProcess.mark(files.data()))
            .start();
    Files.writeString(files.pidFile(), server.pid() + "\n");
  }

  @AfterEach
  void end() throws InterruptedException {
    server.destroyForcibly().waitFor();
  }

  @Test
  void whereNoServerRunsThereIsNothingToGive() throws Exception {
    end();
    space(given::add).giveBackOnce();
    assertThat(given).isEmpty();
  }

  @Test
  void itIsGivenBackOnceAfterEachStart_whileTheServerStandsStill() throws Exception {
    var space =
        space(file -> {
          assertThat(ProcessState.isStopped(server.pid())).isTrue();
          given.add(file);
        });

    space.giveBackOnce();
    space.giveBackOnce();
    assertThat(given).containsExactly(files.data().resolve("ibtmp1"));
    assertThat(ProcessState.isStopped(server.pid())).isFalse();

    end();
    begin();
    space.giveBackOnce();
    assertThat(given).hasSize(2);
  }

  /// As on a machine without filefrag: the server would stand still again and again for nothing.
  @Test
  void whereItCannotBeGivenBackThatIsNotTriedAgain() throws Exception {
    var space =
        space(file -> {
          given.add(file);
          throw new IOException("There is no program 'filefrag' on this machine");
        });

    space.giveBackOnce();
    space.giveBackOnce();

    assertThat(given).hasSize(1);
    assertThat(ProcessState.isStopped(server.pid())).isFalse();
  }

  @Test
  void anEngineThatEndsMeanwhileLeavesItToTheNext() throws Exception {
    var ending =
        space(_ -> {
          throw new InterruptedIOException("Interrupted while running filefrag");
        });
    assertThatThrownBy(ending::giveBackOnce).isInstanceOf(InterruptedIOException.class);
    assertThat(ProcessState.isStopped(server.pid())).isFalse();

    space(given::add).giveBackOnce();
    assertThat(given).hasSize(1);
  }

  private TemporarySpace space(TemporarySpace.Giving giving) {
    return new TemporarySpace(new MariaDbProcess("orders", files), giving);
  }
}
