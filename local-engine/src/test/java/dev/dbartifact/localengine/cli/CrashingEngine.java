package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.Waiting;
import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.LivingProcess;
import dev.dbartifact.localengine.program.ProcessState;
import dev.dbartifact.localengine.program.Signal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.rds.RdsClient;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/// An engine in a process of its own that can be told where to end, and the next one after it.
final class CrashingEngine {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Programs may be over soon.
  private static final Duration MOMENT = Duration.ofMillis(1);

  private static final Set<String> AT_REST =
      Set.of("available", "failed", "cloning-failed", "stopped");

  private final Path chosen;
  private final Path log;
  private final EngineDirectory directory;
  private LaunchedEngine engine;
  private RdsClient rds;
  private SecretsManagerClient secrets;

  CrashingEngine(Path temporary) {
    chosen = temporary.resolve("crash-at");
    log = temporary.resolve("engine.log");
    directory = new EngineDirectory(temporary.resolve("data"));
  }

  EngineDirectory directory() {
    return directory;
  }

  /// That runs now.
  LaunchedEngine launched() {
    return engine;
  }

  /// Of the engine that runs now.
  RdsClient rds() {
    return rds;
  }

  /// Of the engine that runs now.
  SecretsManagerClient secrets() {
    return secrets;
  }

  /// @param words that follow `start`
  void launch(String... words) throws IOException {
    var property = "-D" + CrashPoint.PROPERTY + "=" + chosen;
    engine = LaunchedEngine.start(directory, log, List.of(property), words);
    var once = ClientOverrideConfiguration.builder().retryStrategy(r -> r.maxAttempts(1)).build();
    rds = engine.client(RdsClient.builder().overrideConfiguration(once));
    secrets = engine.client(SecretsManagerClient.builder().overrideConfiguration(once));
  }

  /// Ends the engine as one ends it, and launches another.
  void launchAnew(String... words) throws Exception {
    closeClients();
    engine.process().destroy();
    assertThat(engine.process().waitFor(60, TimeUnit.SECONDS)).as("ends when asked to").isTrue();
    launch(words);
  }

  /// What is asked for leads to the point, where the engine ends.
  void crash(CrashPoint point, Request request) throws Exception {
    Files.writeString(chosen, point.name());
    try {
      request.send();
    } catch (SdkException e) {
      // The engine may be gone before it answers; whether it ended where it should, its exit code
      // says.
    }
    var process = engine.process();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends at " + point).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isEqualTo(CrashPoint.EXIT_CODE);
    closeClients();
    Files.delete(chosen);
  }

  /// Kills the engine while it runs a program for what it is asked for. The program stands still
  /// from then on, so that it does not end by itself.
  ///
  /// @param wanted whether that is the program, by its command line, and has come far enough
  LivingProcess killDuring(Predicate<CommandLine> wanted, Request request) throws Exception {
    request.send();
    var program = awaitProgram(wanted);
    Signal.STOP.send(program.pid());
    await("a standstill", () -> ProcessState.isStopped(program.pid()));
    engine.process().destroyForcibly();
    assertThat(engine.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    closeClients();
    return program;
  }

  private LivingProcess awaitProgram(Predicate<CommandLine> wanted) throws IOException {
    var found = new AtomicReference<LivingProcess>();
    Waiting.until(
        "the program",
        PATIENCE,
        MOMENT,
        () -> {
          for (var each : engine.process().descendants().toList()) {
            if (wanted.test(CommandLine.of(each.pid()))) {
              LivingProcess.of(each.pid()).ifPresent(found::set);
            }
          }
          return found.get() != null;
        });
    return found.get();
  }

  /// What an engine is asked for.
  @FunctionalInterface
  interface Request {
    void send() throws Exception;
  }

  /// All that it has made goes with it.
  void remove() throws Exception {
    closeClients();
    var said = new ByteArrayOutputStream();
    assertThat(LaunchedEngine.command(directory, said, "reset", "--yes"))
        .as(said.toString(StandardCharsets.UTF_8))
        .isZero();
    assertThat(directory.root()).doesNotExist();
    assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain(directory.toString());
    assertThat(engine.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  private void closeClients() {
    rds.close();
    secrets.close();
  }

  /// Waits until nothing goes on.
  void awaitRest(String what) {
    await(what, this::atRest);
  }

  <E extends Exception> void await(String what, Waiting.Condition<E> condition) throws E {
    Waiting.until(what, PATIENCE, condition);
  }

  boolean atRest() {
    return rds.describeDBClusters().dbClusters().stream().allMatch(CrashingEngine::atRest)
        && rds.describeDBInstances().dbInstances().stream()
            .allMatch(each -> Set.of("available", "stopped").contains(each.dbInstanceStatus()))
        && rds.describeDBClusterSnapshots().dbClusterSnapshots().stream()
            .allMatch(each -> AT_REST.contains(each.status()))
        && rds.describeDBSnapshots().dbSnapshots().stream()
            .allMatch(each -> AT_REST.contains(each.status()));
  }

  private static boolean atRest(DBCluster cluster) {
    var secret = cluster.masterUserSecret();
    return AT_REST.contains(cluster.status())
        && cluster.pendingModifiedValues() == null
        && (secret == null || secret.secretStatus().equals("active"));
  }

  DBCluster cluster(String id) {
    return rds.describeDBClusters(r -> r.dbClusterIdentifier(id)).dbClusters().getFirst();
  }

  /// Those that are in no cluster.
  List<DBInstance> plain() {
    return rds.describeDBInstances().dbInstances().stream()
        .filter(each -> each.dbClusterIdentifier() == null)
        .toList();
  }
}
