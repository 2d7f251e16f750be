package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.artifact.ServerlessRange;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.options.Command;
import dev.dbartifact.converger.options.ConvergeOptions;
import dev.dbartifact.converger.options.Hazard;
import dev.dbartifact.converger.plan.NoPlanException;
import dev.dbartifact.converger.plan.Plan;
import dev.dbartifact.converger.plan.Planner;
import dev.dbartifact.converger.report.Connection;
import dev.dbartifact.converger.report.Outcome;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.run.PlanRunner;
import dev.dbartifact.converger.state.CurrentState;
import dev.dbartifact.converger.state.DesiredState;
import dev.dbartifact.converger.state.Wishes;
import dev.dbartifact.converger.steps.LoginAnswer;
import dev.dbartifact.converger.steps.MigrateSchema;
import dev.dbartifact.converger.steps.Step;
import dev.dbartifact.converger.steps.StepException;
import dev.dbartifact.converger.steps.StepWorld;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.OwnTags;
import dev.dbartifact.rds.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/// Makes one database as one artifact says: looks, plans, does, and looks again.
final class Converger {
  private static final String CONTINUATION =
      "Run the same command again to go on from here, with a longer --timeout if need be.";

  private static final Duration A_MOMENT = Duration.ofSeconds(1);

  private final ConvergeOptions options;
  private final Surroundings surroundings;
  private final Progress progress;
  private final Instant start;
  private final Wishes wishes;
  private final Clusters clusters;
  private final Waiting waiting;
  private final TargetReading reading;

  /// @throws InvalidInputException when the options do not go with the artifact
  Converger(
      ArtifactMetadata metadata,
      ConvergeOptions options,
      Surroundings surroundings,
      Progress progress)
      throws InvalidInputException {
    this.options = options;
    this.surroundings = surroundings;
    this.progress = progress;
    this.start = surroundings.clock().now();
    this.wishes = new Wishes(metadata, options);
    this.clusters = surroundings.clustersOf(metadata);
    this.waiting =
        new Waiting(
            surroundings.clock(),
            options.timeout(),
            progress,
            () -> ThreadLocalRandom.current().nextDouble(),
            CONTINUATION);
    this.reading =
        new TargetReading(
            metadata.source().id(), options, wishes, clusters, waiting, surroundings::callerArn);
  }

  /// @throws NoPlanException when what is there must not or cannot be converged
  /// @throws StepException when a login or a migration fails
  Outcome converge()
      throws InvalidInputException, NoPlanException, StepException, InterruptedException {
    ClusterId target = reading.target();
    CurrentState current = reading.read(target);
    DesiredState desired = desired(target, current);
    Plan plan = plan(desired, current);
    if (options.dryRun() || options.command() == Command.PLAN) {
      return new Outcome.Planned(plan, options.detailedExitCode());
    }
    Optional<Outcome> refusal = refuseHazards(plan);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    if (plan.steps().isEmpty()) {
      return unchanged(plan, current);
    }
    checkChangelog(plan, desired.settings().engine());
    run(plan);
    return result(plan, desired, reading.settled(target));
  }

  /// How the target is, and what would be left to do.
  Outcome status() throws InvalidInputException, InterruptedException {
    ClusterId target = reading.target();
    CurrentState current = reading.read(target);
    Optional<FoundCluster> cluster = current.cluster();
    List<String> events = reading.events(cluster);
    try {
      Plan left = plan(desired(target, current), current);
      return new Outcome.Status(target, cluster, events, Optional.of(left), "");
    } catch (NoPlanException hindered) {
      return new Outcome.Status(target, cluster, events, Optional.empty(), hindered.getMessage());
    }
  }

  private Plan plan(DesiredState desired, CurrentState current)
      throws NoPlanException, InterruptedException {
    Plan plan = Planner.plan(desired, current);
    Planner.refuseOtherOwner(options.owner(), current);
    Planner.refuseOtherUser(options.username(), current);
    Planner.refuseTaken(plan, reading.instancesNamed(plan.newInstances()));
    return plan;
  }

  /// A cluster that is there knows its owner, so that nobody has to be asked.
  private DesiredState desired(ClusterId target, CurrentState current) throws InterruptedException {
    String owner =
        current.cluster().isPresent()
            ? current.cluster().get().tags().values().getOrDefault(OwnTags.OWNER, "")
            : reading.owner();
    return wishes.desired(target, owner, start);
  }

  private Optional<Outcome> refuseHazards(Plan plan) {
    Set<Hazard> refused = EnumSet.noneOf(Hazard.class);
    refused.addAll(plan.hazards());
    refused.removeAll(options.allowed());
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    String allow = refused.stream().map(each -> "--allow " + each).collect(Collectors.joining(" "));
    return Optional.of(
        new Outcome.Ended(
            Outcome.REFUSED,
            "Nothing was done, because those who use "
                + plan.target()
                + " would notice. Add "
                + allow
                + " to do it:\n"
                + plan.toString().stripTrailing()));
  }

  private Outcome unchanged(Plan plan, CurrentState current) {
    FoundCluster cluster = current.cluster().orElseThrow();
    Connection connection = Connection.to(cluster);
    Plan left = otherPassword(cluster).map(plan::leaving).orElse(plan);
    return left.isEmpty()
        ? new Outcome.Unchanged(connection, elapsed())
        : new Outcome.Diverged(connection, progress.done(), left, elapsed());
  }

  /// The password of a cluster that has converged is not set again. Whoever gave another one hears
  /// of it here, not from the first program that cannot log in. A server that says nothing, perhaps
  /// out of reach, is no reason to fail, and one that may be paused is not woken to be asked.
  private Optional<String> otherPassword(FoundCluster cluster) {
    boolean mayBePaused =
        cluster.settings().hardware().serverless().filter(ServerlessRange::pauses).isPresent();
    if (options.password().isEmpty() || cluster.endpoint().isEmpty() || mayBePaused) {
      return Optional.empty();
    }
    var endpoint = DatabaseEndpoint.of(cluster).atTheDatabaseThatIsAlwaysThere();
    return surroundings.database().login(endpoint, options.password().get(), A_MOMENT)
            instanceof LoginAnswer.WrongPassword(var reason)
        ? Optional.of(
            "the master password is not the one that was given ("
                + reason
                + "); it stays as it is unless --reset_password sets it")
        : Optional.empty();
  }

  /// Before the first step: what is found later is found beside a half-made cluster.
  private void checkChangelog(Plan plan, Engine engine) throws StepException {
    for (Step step : plan.steps()) {
      if (step instanceof MigrateSchema migration) {
        surroundings.database().check(migration, engine);
      }
    }
  }

  private void run(Plan plan) throws InvalidInputException, StepException, InterruptedException {
    var world =
        new StepWorld(clusters, waiting, password(plan), surroundings.database(), progress::say);
    new PlanRunner(world, progress).run(plan);
  }

  private Optional<Secret> password(Plan plan) throws InvalidInputException, InterruptedException {
    if (options.password().isPresent() || !plan.needsPassword()) {
      return options.password();
    }
    return Optional.of(surroundings.passwordFromStandardInput());
  }

  private Outcome result(Plan done, DesiredState desired, CurrentState now) throws NoPlanException {
    if (now.cluster().isEmpty()) {
      return new Outcome.Ended(
          Outcome.FAILED,
          "Cluster '"
              + done.target()
              + "' had converged, and was not there any more at the last look: somebody has deleted"
              + " it meanwhile. Run the same command again to have it made anew.");
    }
    FoundCluster cluster = now.cluster().get();
    Plan missing = Planner.plan(desired.afterwards(), now);
    Plan left =
        done.logsIn() ? missing : otherPassword(cluster).map(missing::leaving).orElse(missing);
    Connection connection = Connection.to(cluster);
    if (!left.isEmpty()) {
      return new Outcome.Diverged(connection, progress.done(), left, elapsed());
    }
    return progress.done().isEmpty()
        ? new Outcome.Unchanged(connection, elapsed())
        : new Outcome.Converged(connection, progress.done(), elapsed());
  }

  private Duration elapsed() {
    return Duration.between(start, surroundings.clock().now());
  }
}
