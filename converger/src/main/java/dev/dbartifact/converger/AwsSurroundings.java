package dev.dbartifact.converger;

import dev.dbartifact.artifact.ArtifactMetadata;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.options.StandardInput;
import dev.dbartifact.converger.steps.Database;
import dev.dbartifact.rds.AwsConnection;
import dev.dbartifact.rds.Clusters;
import dev.dbartifact.rds.WaitingClock;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Consumer;

/// The real ones.
final class AwsSurroundings implements Surroundings {
  private final AwsConnection connection;
  private final Database database;
  private static final Duration PASSWORD_PATIENCE = Duration.ofMinutes(1);

  private final InputStream standardInput;
  private final Consumer<String> notices;
  private final WaitingClock clock = WaitingClock.system();

  /// @param notices hears what people should know and is no result
  AwsSurroundings(
      AwsConnection connection,
      Database database,
      InputStream standardInput,
      Consumer<String> notices) {
    this.notices = notices;
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
    return StandardInput.password(standardInput, PASSWORD_PATIENCE, notices);
  }
}
