package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/// The engine as users have it: a process of its own that answers.
record LaunchedEngine(Process process, RunningEngine running) {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /// @param log gets what it says
  /// @param words of `start`, beside its port and directory
  static LaunchedEngine start(EngineDirectory directory, Path log, String... words)
      throws IOException {
    return start(directory, log, List.of(), words);
  }

  /// The same.
  ///
  /// @param properties for its JVM, as `-D…`
  static LaunchedEngine start(
      EngineDirectory directory, Path log, List<String> properties, String... words)
      throws IOException {
    var options = Stream.concat(Stream.of("--port", "0"), Stream.of(words)).toArray(String[]::new);
    var process =
        new ProcessBuilder(line(directory, properties, "start", options))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    Waiting.until(
        "the engine",
        PATIENCE,
        () -> !process.isAlive() || RunningEngine.find(directory).isPresent());
    var running = RunningEngine.find(directory);
    if (!process.isAlive() || running.isEmpty()) {
      throw new AssertionError("The engine does not answer: " + Files.readString(log));
    }
    return new LaunchedEngine(process, running.get());
  }

  /// What starts the program in a JVM of its own.
  static List<String> line(
      EngineDirectory directory, List<String> properties, String command, String... words) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(properties);
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    line.addAll(List.of(command, "--data-dir", directory.toString()));
    line.addAll(List.of(words));
    return line;
  }

  /// Runs a command of the program in this JVM.
  ///
  /// @param said gets what it prints
  /// @return its exit code
  static int command(
      EngineDirectory directory, ByteArrayOutputStream said, String command, String... words) {
    var printer = new PrintStream(said, true, StandardCharsets.UTF_8);
    var terminal = new Terminal(InputStream.nullInputStream(), printer, printer, Map.of());
    var line =
        Stream.concat(Stream.of(command, "--data-dir", directory.toString()), Stream.of(words));
    return new Main(terminal).run(line.toArray(String[]::new));
  }

  /// A client with the keys of the engine.
  <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    var key = AwsBasicCredentials.create(running.key().id(), running.key().secret());
    return builder
        .endpointOverride(running.endpoint())
        .region(Region.of(running.region()))
        .credentialsProvider(StaticCredentialsProvider.create(key))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
