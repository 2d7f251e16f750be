package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.steps.Database;
import dev.dbartifact.converger.steps.LoginAnswer;
import dev.dbartifact.converger.steps.MigrateSchema;
import dev.dbartifact.converger.steps.StepException;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.FakeClusters;
import dev.dbartifact.rds.TurnableClock;
import dev.dbartifact.rds.WaitingClock;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// A region, its databases, a caller and a clock, all in memory.
final class FakeSurroundings implements Surroundings, Database {
  final TurnableClock clock = new TurnableClock();
  final FakeClusters world = new FakeClusters(clock);
  final List<String> migrations = new ArrayList<>();
  final List<Duration> patienceOfMigrations = new ArrayList<>();
  final List<String> asked = new ArrayList<>();
  final List<String> logins = new CopyOnWriteArrayList<>();
  Optional<LoginAnswer> impossible = Optional.empty();
  Optional<StepException> changelogFault = Optional.empty();
  Instant silentUntil = Instant.MIN;
  String caller = "arn:aws:iam::123456789012:user/alice";

  /// What somebody else does just before each login.
  Consumer<ClusterId> meanwhile = cluster -> {};

  String standardInput = "";
  Runnable whileThePasswordIsTyped = () -> {};

  @Override
  public Clusters clustersOf(ArtifactMetadata artifact) {
    return world.clustersOf(artifact);
  }

  @Override
  public String callerArn() {
    asked.add("caller");
    return caller;
  }

  @Override
  public Database database() {
    return this;
  }

  @Override
  public WaitingClock clock() {
    return clock;
  }

  @Override
  public Secret passwordFromStandardInput() throws InvalidInputException, InterruptedException {
    whileThePasswordIsTyped.run();
    var in = new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8));
    return new StandardInput(in, Duration.ZERO, _ -> {}).password();
  }

  @Override
  public LoginAnswer login(DatabaseEndpoint endpoint, Secret password, Duration patience) {
    var cluster = clusterAt(endpoint);
    meanwhile.accept(cluster);
    if (clock.now().isBefore(silentUntil)) {
      return new LoginAnswer.Silent("Connect timed out");
    }
    logins.add(cluster + "/" + endpoint.database());
    if (impossible.isPresent()) {
      return impossible.get();
    }
    if (!world.answers(cluster)) {
      return new LoginAnswer.NotYet("connection refused");
    }
    return world.accepts(cluster, password)
        ? new LoginAnswer.Answered()
        : new LoginAnswer.WrongPassword("password authentication failed");
  }

  @Override
  public void check(MigrateSchema step, Engine engine) throws StepException {
    asked.add("changelog");
    if (changelogFault.isPresent()) {
      throw changelogFault.get();
    }
  }

  @Override
  public void migrate(
      DatabaseEndpoint endpoint, Secret password, MigrateSchema step, Duration patience) {
    patienceOfMigrations.add(patience);
    if (!(login(endpoint, password, Duration.ZERO) instanceof LoginAnswer.Answered)) {
      throw new AssertionError("migrated before a login worked");
    }
    migrations.add(clusterAt(endpoint) + " " + step.changelog().digest().shortForm());
  }

  private static ClusterId clusterAt(DatabaseEndpoint endpoint) {
    return new ClusterId(endpoint.host().substring(0, endpoint.host().indexOf('.')));
  }
}
