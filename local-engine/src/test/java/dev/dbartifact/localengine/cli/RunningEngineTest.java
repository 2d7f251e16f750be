package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.state.StateException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where others find an engine.
class RunningEngineTest {

  private static final URI ENDPOINT = URI.create("http://127.0.0.1:9432");

  @TempDir Path root;

  @Test
  void theLastOneIsAnnounced() throws Exception {
    announce("us-west-2");
    announce("eu-west-1");
    assertThat(directory().address()).hasContent("http://127.0.0.1:9432 eu-west-1");
  }

  @Test
  void whatAKilledEngineSaidNeedsNoRoom() throws Exception {
    announce("us-west-2");
    var address = directory().address();
    // As on a full disk: what would take its place cannot be written.
    Files.createDirectories(
        address.resolveSibling("." + address.getFileName() + ".new").resolve("in the way"));

    announce("us-west-2");
    assertThat(address).hasContent("http://127.0.0.1:9432 us-west-2");
    assertThatThrownBy(() -> announce("eu-west-1")).isInstanceOf(StateException.class);
  }

  private void announce(String region) throws Exception {
    RunningEngine.announce(directory(), ENDPOINT, region);
  }

  private EngineDirectory directory() {
    return new EngineDirectory(root);
  }
}
