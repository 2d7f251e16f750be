package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.rds.RdsClient;

/// A server that answers the RDS API on a port of its own: ours, or another one that is installed.
///
/// @param port chosen beforehand, so that a client can ask before anybody listens
/// @param credentials that it takes
record Emulator(
    String title, Command start, int port, Path log, AwsCredentialsProvider credentials) {
  private static final Pattern KEY = Pattern.compile("(?m)^export (AWS_\\w*KEY\\w*)='(.*)'$");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

  static Emulator ours(Workbench bench) throws IOException, InterruptedException {
    int port = freePort();
    var data = bench.work().resolve("started");
    var program = bench.checkout().resolve("bin/db-artifact-local").toString();
    var command =
        Command.of(program, "start", "--port", String.valueOf(port), "--data-dir", data.toString());
    return new Emulator(
        "The local engine",
        command,
        port,
        bench.work().resolve("started.log"),
        keys(program, data));
  }

  /// Those of a new engine, which is there after its first start.
  private static AwsCredentialsProvider keys(String program, Path data)
      throws IOException, InterruptedException {
    Command.of(program, "start", "--detach", "--port", "0", "--data-dir", data.toString()).run();
    var found = new HashMap<String, String>();
    KEY.matcher(Command.of(program, "env", "--data-dir", data.toString()).run().text())
        .results()
        .forEach(export -> found.put(export.group(1), export.group(2)));
    Command.of(program, "stop", "--data-dir", data.toString()).run();
    return StaticCredentialsProvider.create(
        AwsBasicCredentials.create(
            found.get("AWS_ACCESS_KEY_ID"), found.get("AWS_SECRET_ACCESS_KEY")));
  }

  /// The mock of the Python project moto, where it is installed: `moto_server`.
  static Optional<Emulator> moto(Workbench bench) throws IOException {
    int port = freePort();
    return onPath("moto_server")
        .map(program ->
            new Emulator(
                "moto, which has no databases",
                Command.of(program.toString(), "-p", String.valueOf(port)),
                port,
                bench.work().resolve("moto.log"),
                DefaultCredentialsProvider.builder().build()));
  }

  private static Optional<Path> onPath(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /// A client of its own that does not ask again by itself.
  RdsClient client(ExecutionInterceptor... interceptors) {
    return RdsClient.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .credentialsProvider(credentials)
        .httpClient(UrlConnectionHttpClient.create())
        .overrideConfiguration(settings -> {
          settings.retryStrategy(AwsRetryStrategy.doNotRetry());
          Stream.of(interceptors).forEach(settings::addExecutionInterceptor);
        })
        .build();
  }

  Process run() throws IOException {
    return start.start(log);
  }

  /// Asks as soon as somebody listens, and again until there is an answer. To ask with a whole
  /// request each time would take a processor from what starts.
  void awaitAnswer(RdsClient client, Process process) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      try {
        requireListener();
        client.describeDBClusters();
        return;
      } catch (ConnectException | SdkClientException notYet) {
        if (!process.isAlive() || Command.since(begin).compareTo(PATIENCE) > 0) {
          throw new IOException(title + " does not answer: " + Files.readString(log), notYet);
        }
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  private void requireListener() throws IOException {
    new Socket(InetAddress.ofLiteral("127.0.0.1"), port).close();
  }

  static void end(Process process) throws InterruptedException {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
