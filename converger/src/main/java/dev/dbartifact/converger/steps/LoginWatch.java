package dev.dbartifact.converger.steps;

import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.rds.AwsException;
import dev.dbartifact.rds.ErrorMeaning;
import dev.dbartifact.rds.FoundCluster;
import dev.dbartifact.rds.ModifyCluster;
import dev.dbartifact.rds.Observation;
import dev.dbartifact.rds.Seal;
import dev.dbartifact.rds.StatusClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Judges one attempt after the other to log in to a cluster that is available.
final class LoginWatch {
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  /// A server that is only starting refuses connections; one that no packet reaches says nothing.
  private static final Duration SILENCE = Duration.ofMinutes(1);

  /// No packet will come through by itself after so long. Whoever waits may be a job that nobody
  /// watches.
  private static final Duration OUT_OF_REACH = Duration.ofMinutes(10);

  private static final String WAYS_IN =
      "It may be in a network that this machine does not reach: connect to its VPN, let this address"
          + " in with the cluster's security group, or run the same command from inside the"
          + " network.";

  /// A new password takes effect within a minute or two of the status `available`.
  private static final Duration SETTLING = Duration.ofMinutes(10);

  /// Refused for so long although nothing is pending, it may have been lost.
  private static final Duration LOST = Duration.ofMinutes(2);

  /// Between two looks whether the cluster is still there.
  private static final Duration LOOK = Duration.ofSeconds(30);

  private final ConfirmLogin step;
  private final DatabaseEndpoint endpoint;
  private final StepWorld world;
  private Instant looked;
  private Instant silentSince;
  private Instant refusedSince;
  private boolean told;
  private boolean setAgain;

  LoginWatch(ConfirmLogin step, DatabaseEndpoint endpoint, StepWorld world) {
    this.step = step;
    this.endpoint = endpoint;
    this.world = world;
    this.looked = world.waiting().now();
  }

  Observation<Boolean> look() {
    LoginAnswer answer = world.database().login(endpoint, world.masterPassword(), ATTEMPT);
    if (!(answer instanceof LoginAnswer.Silent)) {
      silentSince = null;
    }
    return switch (answer) {
      case LoginAnswer.Answered() -> Observation.ready("accepted", true);
      case LoginAnswer.NotYet(var reason) -> noAnswer(reason);
      case LoginAnswer.Silent(var reason) -> silent(reason);
      case LoginAnswer.WrongPassword(var reason) -> refused(reason);
      case LoginAnswer.Impossible(var reason, var advice) -> hopeless(reason, advice);
    };
  }

  private Observation<Boolean> silent(String reason) {
    silentSince = silentSince == null ? world.waiting().now() : silentSince;
    if (lasts(silentSince, OUT_OF_REACH)) {
      return Observation.hopeless(
          StatusClass.FAILED,
          "no answer for " + OUT_OF_REACH.toMinutes() + " minutes: " + reason,
          WAYS_IN + " What has been made stays, and that run goes on from here.");
    }
    if (!told && lasts(silentSince, SILENCE)) {
      told = true;
      world.notices().accept(notice());
    }
    return noAnswer(reason);
  }

  /// A cluster that was deleted answers no more.
  private Observation<Boolean> noAnswer(String reason) {
    if (lasts(looked, LOOK)) {
      looked = world.waiting().now();
      if (world.clusters().find(step.cluster()).isEmpty()) {
        return Absence.gone();
      }
    }
    return Observation.inProgress("no answer yet: " + reason);
  }

  private String notice() {
    return endpoint.host()
        + ":"
        + endpoint.port()
        + " does not answer from here, neither yes nor no. "
        + WAYS_IN
        + " Waiting for "
        + OUT_OF_REACH.minus(SILENCE).toMinutes()
        + " minutes more.";
  }

  private Observation<Boolean> refused(String reason) {
    if (step.password() == ConfirmLogin.Password.KEPT) {
      return hopeless(
          reason,
          "Give the password that the cluster was made with, or set it with --reset_password.");
    }
    if (step.password() == ConfirmLogin.Password.FIRST && isSealed()) {
      return hopeless(
          reason,
          "Another run has converged '"
              + step.cluster()
              + "' meanwhile, with another password. Use that one, or set yours with"
              + " --reset_password.");
    }
    refusedSince = refusedSince == null ? world.waiting().now() : refusedSince;
    if (!setAgain && lasts(refusedSince, LOST)) {
      setAgain = setOnceMore();
    }
    return lasts(refusedSince, SETTLING)
        ? hopeless(
            reason,
            "It was set "
                + SETTLING.toMinutes()
                + " minutes ago; somebody may have set another one since. Run the same command"
                + " again, which sets it again.")
        : Observation.inProgress("password not in effect yet: " + reason);
  }

  /// Whoever applies a password can end in the middle of it and forget it. To set the same one
  /// again does nothing where it has been set; once is enough, since somebody else may set another
  /// one.
  private boolean setOnceMore() {
    Optional<FoundCluster> lost =
        world
            .clusters()
            .find(step.cluster())
            .filter(found -> found.statusClass() == StatusClass.READY && !found.passwordPending());
    if (lost.isEmpty()) {
      return false;
    }
    world
        .notices()
        .accept(
            "The new password of "
                + step.cluster()
                + " is still refused after "
                + LOST.toMinutes()
                + " minutes, and none is pending. Setting it once more.");
    return sent(lost.get());
  }

  private boolean sent(FoundCluster found) {
    try {
      world
          .clusters()
          .modify(
              new ModifyCluster(found.id(), Set.of(), found.settings(), List.of()),
              Optional.of(world.masterPassword()));
      return true;
    } catch (AwsException refused) {
      if (refused.means(ErrorMeaning.NOT_YET)) {
        return false;
      }
      throw refused;
    }
  }

  /// The cluster had no seal when the plan was made, and the plan writes one only after the login.
  private boolean isSealed() {
    return world
        .clusters()
        .find(step.cluster())
        .filter(found -> Seal.in(found.tags()).isPresent())
        .isPresent();
  }

  private boolean lasts(Instant since, Duration limit) {
    return !world.waiting().now().isBefore(since.plus(limit));
  }

  private static Observation<Boolean> hopeless(String reason, String advice) {
    return Observation.hopeless(StatusClass.FAILED, "refused: " + reason, advice);
  }
}
