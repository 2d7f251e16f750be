package dev.dbartifact.converger;

import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.Secret;
import dev.dbartifact.converger.database.DatabaseEndpoint;
import dev.dbartifact.converger.migration.ChangeSetRef;
import dev.dbartifact.converger.migration.CodeNotAllowedException;
import dev.dbartifact.converger.migration.JdbcTarget;
import dev.dbartifact.converger.migration.Login;
import dev.dbartifact.converger.migration.MigrationException;
import dev.dbartifact.converger.migration.MigrationProgress;
import dev.dbartifact.converger.migration.MigrationSettings;
import dev.dbartifact.converger.migration.SchemaMigration;
import dev.dbartifact.converger.report.Progress;
import dev.dbartifact.converger.steps.Database;
import dev.dbartifact.converger.steps.LoginAnswer;
import dev.dbartifact.converger.steps.MigrateSchema;
import dev.dbartifact.converger.steps.StepException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// A database over JDBC; migrations by Liquibase.
final class JdbcDatabase implements Database {
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
  public LoginAnswer login(DatabaseEndpoint endpoint, Secret password, Duration patience) {
    return switch (Login.attempt(target(endpoint, password), patience)) {
      case Login.Answered() -> new LoginAnswer.Answered();
      case Login.NotYet(var reason) -> new LoginAnswer.NotYet(reason);
      case Login.Silent(var reason) -> new LoginAnswer.Silent(reason);
      case Login.Refused(var why, var _, var reason) when why == Login.Why.CREDENTIALS ->
          new LoginAnswer.WrongPassword(reason);
      case Login.Refused(var why, var state, var reason) ->
          new LoginAnswer.Impossible(reason + " (SQLSTATE " + state + ")", advice(why, endpoint));
    };
  }

  private static String advice(Login.Why why, DatabaseEndpoint endpoint) {
    return switch (why) {
      case NO_DATABASE ->
          "Create the database '"
              + endpoint.database()
              + "' in the cluster, and run the same command again.";
      case NOT_TRUSTED ->
          "Check that the endpoint is the right one, and that "
              + Authorities.VARIABLE
              + " names the authorities of its certificate.";
      case NO_TLS -> "Let the server speak TLS, and run the same command again.";
      case CREDENTIALS, OTHER -> "Mend that in the database, and run the same command again.";
    };
  }

  @Override
  public void check(MigrateSchema step, Engine engine) throws StepException {
    try {
      migration(MigrationSettings.DEFAULT)
          .check(engine, changelogRoot, step.changelog().path(), step.contexts(), step.labels());
    } catch (MigrationException wrong) {
      throw failed(wrong);
    }
  }

  private SchemaMigration migration(MigrationSettings settings) {
    return new SchemaMigration(codeAllowed ? settings.allowingCode() : settings, new Told());
  }

  private static StepException failed(MigrationException failed) {
    return failed instanceof CodeNotAllowedException
        ? StepException.refusing(failed.getMessage(), failed)
        : new StepException(failed.getMessage(), failed);
  }

  @Override
  public void migrate(
      DatabaseEndpoint endpoint, Secret password, MigrateSchema step, Duration patience)
      throws StepException {
    try {
      var result =
          migration(MigrationSettings.DEFAULT.waitingForOthers(patience))
              .update(
                  target(endpoint, password),
                  changelogRoot,
                  step.changelog().path(),
                  step.contexts(),
                  step.labels());
      progress.say("  " + migrated(result.applied().size(), result.alreadyApplied()));
    } catch (MigrationException failed) {
      throw failed(failed);
    }
  }

  static String migrated(int applied, int alreadyApplied) {
    return applied
        + (applied == 1 ? " change set applied, " : " change sets applied, ")
        + alreadyApplied
        + (alreadyApplied == 1 ? " was there" : " were there");
  }

  private JdbcTarget target(DatabaseEndpoint endpoint, Secret password) {
    return new JdbcTarget(endpoint, password, authorities);
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
