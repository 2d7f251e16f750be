package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// An engine in a process of its own, so that it can be killed.
final class EngineProcess {
  private EngineProcess() {}

  /// Starts the server of this storage from another process, which is then killed.
  static void startServerAndDie(Path dataDirectory, StorageId id, Listen listen)
      throws IOException, InterruptedException {
    runUntil(1, List.of("start", dataDirectory.toString(), id.value(), "" + listen.port()));
  }

  /// Copies this storage again and again from another process, which is killed in the middle of it.
  ///
  /// @return the copies that were made
  static List<StorageId> copyAndDie(Path dataDirectory, StorageId id, int copies)
      throws IOException, InterruptedException {
    var lines = runUntil(copies, List.of("copy", dataDirectory.toString(), id.value()));
    return lines.stream().map(StorageId::new).toList();
  }

  private static List<String> runUntil(int lines, List<String> arguments)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(EngineProcess.class.getName());
    command.addAll(arguments);
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return output.lines().limit(lines).toList();
    } finally {
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  public static void main(String[] arguments) throws Exception {
    var host = PostgresHost.open(Path.of(arguments[1]), PostgresHost.Options.defaults());
    var id = new StorageId(arguments[2]);
    switch (arguments[0]) {
      case "start" -> start(host, id, Integer.parseInt(arguments[3]));
      case "copy" -> copyOnAndOn(host, id);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void start(PostgresHost host, StorageId id, int port) throws Exception {
    host.start(id, new Listen(InetAddress.getLoopbackAddress(), port));
    System.out.println(id);
    Thread.sleep(TimeUnit.MINUTES.toMillis(5));
  }

  private static void copyOnAndOn(PostgresHost host, StorageId id) throws HostException {
    for (var number = 1; number <= 100; number++) {
      var copy = new StorageId("copy-" + number);
      host.copy(id, copy, CloneKind.FULL_COPY);
      System.out.println(copy);
    }
  }
}
