package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.LeftProgram;
import dev.dbartifact.localengine.program.LivingProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which volumes have to wait for a program that does not end.
class StuckProgramsTest {
  private static final Path VOLUMES = Path.of("/data/volumes");

  /// A process that was killed has no command line any more, as soon as its memory is gone.
  @Test
  void theOneThatItWasStartedFor() throws IOException {
    var stuck = stuckIn(VOLUMES.resolve("orders/pgdata").toString());

    assertThatIOException()
        .isThrownBy(() -> stuck.requireGone(VOLUMES.resolve("orders")))
        .withMessageContaining("does not end, not even by SIGKILL");
    assertThatCode(() -> stuck.requireGone(VOLUMES.resolve("order"))).doesNotThrowAnyException();
  }

  /// This very process, which lives.
  private static StuckPrograms stuckIn(String folder) throws IOException {
    var living = LivingProcess.of(ProcessHandle.current().pid()).orElseThrow();
    return new StuckPrograms(
        List.of(new LeftProgram(living, new CommandLine(List.of("cp", "--archive", folder)))));
  }
}
