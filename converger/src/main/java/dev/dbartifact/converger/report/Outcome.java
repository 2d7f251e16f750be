package dev.dbartifact.converger.report;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.ClusterId;
import dev.dbartifact.converger.plan.Plan;
import dev.dbartifact.rds.FoundCluster;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a run came to.
public sealed interface Outcome {
  int DONE = 0;
  int FAILED = 1;
  int USAGE = 2;
  int PENDING = 3;
  int REFUSED = 4;

  int exitCode();

  /// Something was changed, and the database is now as the artifact says.
  record Converged(Connection connection, List<String> done, Duration elapsed) implements Outcome {
    @Override
    public int exitCode() {
      return DONE;
    }
  }

  /// The database was as the artifact says.
  record Unchanged(Connection connection, Duration elapsed) implements Outcome {
    @Override
    public int exitCode() {
      return DONE;
    }
  }

  /// Everything was done that can be, and something is left.
  record Diverged(Connection connection, List<String> done, Plan left, Duration elapsed)
      implements Outcome {
    @Override
    public int exitCode() {
      return PENDING;
    }
  }

  /// Nothing was done; this would be.
  ///
  /// @param telling whether the exit code tells that there is something
  record Planned(Plan plan, boolean telling) implements Outcome {
    @Override
    public int exitCode() {
      return telling && !plan.isEmpty() ? PENDING : DONE;
    }
  }

  /// How the database is.
  ///
  /// @param events what happened lately, told of a cluster that is in trouble
  /// @param left what a converge would do; absent when no plan leads on
  /// @param hindrance why there is no plan
  record Status(
      ClusterId target,
      Optional<FoundCluster> found,
      List<String> events,
      Optional<Plan> left,
      String hindrance)
      implements Outcome {
    @Override
    public int exitCode() {
      return DONE;
    }
  }

  /// What is in the artifact.
  record Described(ArtifactMetadata metadata) implements Outcome {
    @Override
    public int exitCode() {
      return DONE;
    }
  }

  /// It came to nothing.
  ///
  /// @param exitCode [#FAILED], [#USAGE] or [#REFUSED]
  record Ended(int exitCode, String reason) implements Outcome {}
}
