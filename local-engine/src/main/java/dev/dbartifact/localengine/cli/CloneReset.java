package dev.dbartifact.localengine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.StatusService;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;

/// `reset CLUSTER`: the running engine brings clones back to what they were made from.
final class CloneReset {

  private static final ObjectMapper JSON = new ObjectMapper();

  /// Where nothing is shared all data are copied.
  private static final Duration PATIENCE = Duration.ofHours(2);

  private CloneReset() {}

  /// @return 0 if all of them are reset
  static int run(EngineDirectory directory, List<String> clusters, Terminal terminal)
      throws IOException {
    var engine = RunningEngine.require(directory);
    var answer = ask(engine, clusters, directory);
    for (var reset : answer.resets()) {
      if (reset.problem() == null) {
        terminal.out().printf("Reset '%s' to %s.%n", reset.id(), reset.source());
      }
      if (reset.warning() != null) {
        terminal.err().println(reset.warning());
      }
    }
    if (answer.message() != null) {
      terminal.err().println(answer.message());
      return 1;
    }
    return 0;
  }

  private static StatusService.ResetAnswer ask(
      RunningEngine engine, List<String> clusters, EngineDirectory directory) throws IOException {
    try {
      var wanted = JSON.writeValueAsString(new StatusService.ResetRequest(clusters));
      return JSON.readValue(
          engine.post(StatusService.RESET, wanted, PATIENCE), StatusService.ResetAnswer.class);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "The reset is not over after %d h, and goes on: see %s"
              .formatted(PATIENCE.toHours(), directory.commandLine("status")),
          e);
    }
  }
}
