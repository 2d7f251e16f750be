package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// An engine in a process of its own, so that it can be killed.
final class EngineProcess {
  private static final String STARTED = "started";

  private EngineProcess() {}

  /// Starts the server of this storage from another process, which is then killed.
  static void startServerAndDie(Path dataDirectory, StorageId id, Listen listen)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                dataDirectory.toString(),
                id.value(),
                Integer.toString(listen.port()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(output.readLine()).isEqualTo(STARTED);
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  public static void main(String[] arguments) throws Exception {
    var host = PostgresHost.open(Path.of(arguments[0]), PostgresHost.Options.defaults());
    host.start(
        new StorageId(arguments[1]),
        new Listen(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[2])));
    System.out.println(STARTED);
    Thread.sleep(TimeUnit.MINUTES.toMillis(5));
  }
}
