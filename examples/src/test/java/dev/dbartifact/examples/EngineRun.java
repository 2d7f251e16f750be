package dev.dbartifact.examples;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsClient;

/// A local engine in a process and a data directory of its own, driven by its command line.
final class EngineRun implements Closeable {
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (\\w+)='(.*)'$");
  private static final Pattern ENDPOINT = Pattern.compile("answers at (http://\\S+)");

  /// What the shell that starts it has for clients of databases.
  static final String PASSWORD_OF_CLIENTS = "of-clients-Passw0rd";

  private final Path folder;
  private Process process;
  private URI endpoint;
  private Map<String, String> variables;

  private EngineRun(Path folder) {
    this.folder = folder;
  }

  static EngineRun start() throws IOException, InterruptedException {
    var run = new EngineRun(makeFolder());
    run.launch(0);
    run.variables = run.askForEnvironment();
    return run;
  }

  /// The database servers run as another user, who must be able to pass through.
  static Path makeFolder() throws IOException {
    var passable =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
    return Files.createTempDirectory(Path.of("/var/tmp"), "db-artifact-accept-", passable);
  }

  private void launch(int port) throws IOException {
    process =
        launcher("start")
            .arguments("--port", String.valueOf(port))
            .with("PGPASSWORD", PASSWORD_OF_CLIENTS)
            .with("MYSQL_PWD", PASSWORD_OF_CLIENTS)
            .builder()
            .redirectError(ProcessBuilder.Redirect.appendTo(errors().toFile()))
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    var line = out.readLine();
    var matcher = ENDPOINT.matcher(String.valueOf(line));
    if (!matcher.find()) {
      throw new AssertionError(
          "The engine did not start: " + line + "\n" + Files.readString(errors()));
    }
    endpoint = URI.create(matcher.group(1));
  }

  private Map<String, String> askForEnvironment() throws IOException, InterruptedException {
    var found = new LinkedHashMap<String, String>();
    EXPORT
        .matcher(launcher("env").run().exits(0).out())
        .results()
        .forEach(export -> found.put(export.group(1), export.group(2)));
    return Map.copyOf(found);
  }

  /// The engine's command line, for this engine.
  Program launcher(String command) {
    return Program.launcher("db-artifact-local")
        .arguments(command, "--data-dir", data().toString());
  }

  URI endpoint() {
    return endpoint;
  }

  long pid() {
    return process.pid();
  }

  /// What a shell evaluates so that AWS tools talk to this engine.
  Map<String, String> variables() {
    return variables;
  }

  RdsClient client() {
    return RdsClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(variables.get("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(
                    variables.get("AWS_ACCESS_KEY_ID"), variables.get("AWS_SECRET_ACCESS_KEY"))))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }

  Path data() {
    return folder.resolve("data");
  }

  /// What the engine has to complain about.
  Path errors() {
    return folder.resolve("engine.err");
  }

  /// As a power cut would, as far as the engine itself goes.
  void kill() {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /// Where it was, after a [#kill()].
  void startAgain() throws IOException {
    launch(endpoint.getPort());
  }

  /// The database servers that have their files here, whoever their parent is.
  List<ProcessHandle> servers() {
    return ProcessHandle.allProcesses().filter(this::isServer).toList();
  }

  /// A server's workers have names instead of arguments, so only the servers themselves are
  /// counted.
  private boolean isServer(ProcessHandle each) {
    try {
      var words = Files.readString(Path.of("/proc/" + each.pid() + "/cmdline")).split("\0");
      return words[0].endsWith("/postgres")
          && Stream.of(words).anyMatch(word -> word.contains(folder.toString()));
    } catch (IOException ended) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      launcher("reset").arguments("--yes").run().exits(0);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    Folders.remove(folder);
    var left = servers().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
    if (!left.isEmpty()) {
      throw new AssertionError("The engine left servers behind: " + left);
    }
  }
}
