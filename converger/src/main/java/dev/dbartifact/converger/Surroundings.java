package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.steps.Database;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.WaitingClock;

/// Everything outside that a converge touches. Each is asked for only when it is needed.
interface Surroundings {
  Clusters clustersOf(ArtifactMetadata artifact);

  /// The ARN of the caller.
  String callerArn();

  Database database();

  WaitingClock clock();

  /// The password that nobody gave so far.
  ///
  /// @throws InvalidInputException when there is none, or an illegal one
  Secret passwordFromStandardInput() throws InvalidInputException, InterruptedException;
}
