package dev.dbartifact.converger;

import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.migration.ChangeSetRef;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.Login;
import dev.dbartifact.converger.migration.MigrationException;
import dev.dbartifact.converger.migration.MigrationProgress;
import dev.dbartifact.converger.migration.MigrationSettings;
import dev.dbartifact.converger.migration.SchemaMigration;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.steps.Database;
import dev.dbartifact.converger.steps.DatabaseEndpoint;
import dev.dbartifact.converger.steps.LoginAnswer;
import dev.dbartifact.converger.steps.MigrateSchema;
import dev.dbartifact.converger.steps.StepException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A database over JDBC; migrations by Liquibase.
final class JdbcDatabase implements Database {
  private static final Duration LOGIN_PATIENCE = Duration.ofSeconds(5);

  private final Path changelogRoot;
  private final boolean codeAllowed;
  private final Progress progress;
  private final Optional<Path> authorities;

  /// @param authorities who vouches for the certificates of databases, if that is known
  JdbcDatabase(
      Path changelogRoot, boolean codeAllowed, Progress progress, Optional<Path> authorities) {
    this.authorities = authorities;
    this.changelogRoot = changelogRoot;
    this.codeAllowed = codeAllowed;
    this.progress = progress;
  }

  @Override
  public LoginAnswer login(DatabaseEndpoint endpoint, Secret password) {
    return switch (Login.attempt(target(endpoint, password), LOGIN_PATIENCE)) {
      case Login.Answered() -> new LoginAnswer.Answered();
      case Login.NotYet(var reason) -> new LoginAnswer.NotYet(reason);
      case Login.Refused(var _, var reason) -> new LoginAnswer.Refused(reason);
    };
  }

  @Override
  public void migrate(DatabaseEndpoint endpoint, Secret password, MigrateSchema step)
      throws StepException {
    MigrationSettings settings =
        codeAllowed ? MigrationSettings.DEFAULT.allowingCode() : MigrationSettings.DEFAULT;
    try {
      var result =
          new SchemaMigration(settings, new Told())
              .update(
                  target(endpoint, password),
                  changelogRoot,
                  step.changelog().path(),
                  step.contexts(),
                  step.labels());
      progress.say(
          "  "
              + result.applied().size()
              + " change sets applied, "
              + result.alreadyApplied()
              + " were there");
    } catch (MigrationException failed) {
      throw new StepException(failed.getMessage(), failed);
    }
  }

  private JdbcTarget target(DatabaseEndpoint endpoint, Secret password) {
    return new JdbcTarget(
        endpoint.engine(),
        endpoint.host(),
        endpoint.port(),
        endpoint.database(),
        endpoint.user(),
        password,
        authorities);
  }

  /// A bundle for databases alone, because a proxy before the API has authorities of its own.
  static Optional<Path> authorities(Map<String, String> environment) {
    return Stream.of("DB_ARTIFACT_DB_CA_BUNDLE", "AWS_CA_BUNDLE")
        .map(environment::get)
        .filter(file -> file != null && !file.isEmpty())
        .findFirst()
        .map(Path::of);
  }

  /// Passes on what a migration tells.
  private final class Told implements MigrationProgress {
    @Override
    public void applying(ChangeSetRef changeSet, int position, int pending) {
      progress.say("  change set " + position + " of " + pending + ": " + changeSet);
    }

    @Override
    public void notice(String sentence) {
      progress.say("  " + sentence);
    }
  }
}
