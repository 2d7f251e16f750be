package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.dbartifact.localengine.StatusService;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `status` asks an engine, which here is a server that says the same of itself.
class StatusCommandTest {

  private static final String REPORT =
      """
      {"pid": 1, "storage": "memory", "clusters": []}\
      """;

  @TempDir Path data;

  private final List<String> asked = new ArrayList<>();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private HttpServer engine;

  /// By path; 200 where nothing is said.
  private Map<String, Integer> answers = Map.of();

  @BeforeEach
  void start() throws Exception {
    engine = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    engine.createContext(
        "/",
        exchange -> {
          var path = exchange.getRequestURI().getPath();
          asked.add(path);
          var body = REPORT.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answers.getOrDefault(path, 200), body.length);
          try (var to = exchange.getResponseBody()) {
            to.write(body);
          }
        });
    engine.start();
    var directory = new EngineDirectory(data);
    Files.createFile(directory.lock());
    CredentialsFile.readOrMake(directory.credentials());
    RunningEngine.announce(
        directory, URI.create("http://127.0.0.1:" + engine.getAddress().getPort()), "us-west-2");
  }

  @AfterEach
  void stop() {
    engine.stop(0);
  }

  private int status() {
    var printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    return new Main(new Terminal(InputStream.nullInputStream(), printer, printer, Map.of()))
        .run("status", "--data-dir", data.toString());
  }

  @Test
  void theEngineIsAskedOnce() {
    assertThat(status()).as(said.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(asked).containsExactly(StatusService.MEASURED);
  }

  @Test
  void anEngineThatCannotMeasureIsNotCalledStopped() {
    answers = Map.of(StatusService.MEASURED, 500);
    assertThat(status()).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("answered 500")
        .doesNotContain("not running");
  }

  @Test
  void whereSomeoneElseHasThePortItDoesNotRun() {
    answers = Map.of(StatusService.MEASURED, 404, "/", 404);
    assertThat(status()).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8)).contains("The local engine is not running");
  }
}
