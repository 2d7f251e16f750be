package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.QuietLog;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What others see of an engine that stops.
class StoppingEngineTest {

  @RegisterExtension static final QuietLog QUIET = QuietLog.of("cli");

  @TempDir Path temporary;
  private EngineDirectory directory;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void make() throws Exception {
    directory = new EngineDirectory(temporary.resolve("data"));
    EngineLock.take(directory).orElseThrow().close();
  }

  @Test
  void noneStopsWhereNoneSaysSo() throws Exception {
    assertThat(StoppingEngine.find(directory)).isEmpty();
    assertThat(run("status")).isEqualTo(1);
    assertThat(said()).contains("The local engine is not running");
  }

  @Test
  void oneThatStopsIsShownAsThatUntilItHasStopped() throws Exception {
    StoppingEngine.announce(directory, Clock.systemUTC());

    assertThat(run("status")).isEqualTo(1);
    assertThat(said())
        .matches(
            "The local engine, process %d, has been stopping for [0-9]+ s: 0 database server\\(s\\) are still to end.\n"
                .formatted(ProcessHandle.current().pid()));
    said.reset();
    run("status", "--output", "json");
    assertThat(said()).contains("\"stopping\" : true", "\"running\" : false");

    StoppingEngine.withdraw(directory);
    assertThat(StoppingEngine.find(directory)).isEmpty();
  }

  @Test
  void anEngineThatCannotSaySoStopsAllTheSame() throws Exception {
    // No file can be written in the place of a folder with something in it.
    Files.createDirectories(directory.stopping().resolve("full"));
    StoppingEngine.announce(directory, Clock.systemUTC());
    assertThat(directory.stopping()).isDirectory();
  }

  @Test
  void whatAKilledEngineSaidHoldsNoMore() throws Exception {
    var gone = new ProcessBuilder("true").start();
    gone.waitFor();
    Files.writeString(directory.stopping(), gone.pid() + " " + System.currentTimeMillis());
    assertThat(StoppingEngine.find(directory)).isEmpty();
  }

  @Test
  void aProcessThatBeganLaterIsAnotherOne() throws Exception {
    var before = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1)).withZone(ZoneOffset.UTC);
    StoppingEngine.announce(directory, before);
    assertThat(StoppingEngine.find(directory)).isEmpty();
  }

  private int run(String command, String... options) {
    var printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(InputStream.nullInputStream(), printer, printer, Map.of());
    var words = new ArrayList<>(List.of(command));
    words.addAll(List.of(options));
    words.addAll(List.of("--data-dir", directory.toString()));
    return new Main(terminal).run(words.toArray(String[]::new));
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8);
  }
}
