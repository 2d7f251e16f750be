package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.steps.Database;
import dev.dbartifact.rds.AwsConnection;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.WaitingClock;

/// The real ones.
final class AwsSurroundings implements Surroundings {
  private final AwsConnection connection;
  private final Database database;
  private final StandardInput standardInput;
  private final WaitingClock clock = WaitingClock.system();

  AwsSurroundings(AwsConnection connection, Database database, StandardInput standardInput) {
    this.connection = connection;
    this.database = database;
    this.standardInput = standardInput;
  }

  @Override
  public Clusters clustersOf(ArtifactMetadata artifact) {
    return connection.clustersOf(artifact);
  }

  @Override
  public String callerArn() {
    return connection.callerArn();
  }

  @Override
  public Database database() {
    return database;
  }

  @Override
  public WaitingClock clock() {
    return clock;
  }

  @Override
  public Secret passwordFromStandardInput() throws InvalidInputException, InterruptedException {
    return standardInput.password();
  }
}
