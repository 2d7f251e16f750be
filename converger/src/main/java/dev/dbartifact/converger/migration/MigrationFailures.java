package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import liquibase.changelog.ChangeSet;
import liquibase.exception.ChangeLogParseException;
import liquibase.exception.ValidationFailedException;

/// The sentences for what went wrong: what was tried, on what, what came back, what to do next.
final class MigrationFailures {
  private final JdbcTarget target;
  private final String changelog;
  private final ChangeSetLines lines;

  MigrationFailures(JdbcTarget target, String changelog, ChangeSetLines lines) {
    this.target = target;
    this.changelog = changelog;
    this.lines = lines;
  }

  ChangeSetLines lines() {
    return lines;
  }

  static CodeNotAllowedException codeNotAllowed(String changelog, List<String> findings) {
    return new CodeNotAllowedException(
        "Refused the changelog '"
            + changelog
            + "': it runs programs or classes outside the database: "
            + String.join("; ", findings)
            + ". Nothing was changed. If you trust the artifact, allow it with "
            + MigrationSettings.ALLOW_CODE_OPTION
            + "; the program must be in the image.");
  }

  /// A changelog that is not usable, whatever the database.
  static MigrationException ofReading(String changelog, Exception failed) {
    return new MigrationException(
        "The changelog '%s' cannot be used: %s. Correct it and build the artifact again."
            .formatted(changelog, FailureText.of(failed)),
        failed);
  }

  /// A failure before or after the change sets themselves.
  MigrationException of(Exception failed) {
    SQLException refused = FailureText.find(SQLException.class, failed);
    String reason = FailureText.of(failed, target.password());
    if (refused != null) {
      return new MigrationException(
          "Could not migrate %s as user '%s': %s%s. Run the same command again when that is mended."
              .formatted(target, target.user(), reason, state(refused)),
          failed,
          null,
          refused.getSQLState());
    }
    if (FailureText.find(ValidationFailedException.class, failed) != null) {
      return new MigrationException(
          "Could not migrate %s: the changelog '%s' does not fit what was applied before, or is not valid. %s. Nothing was changed. A change set that was applied must stay as it was: restore it, and put the change in a new one."
              .formatted(target, changelog, reason),
          failed);
    }
    String what =
        FailureText.find(ChangeLogParseException.class, failed) != null
            ? "the changelog '" + changelog + "' could not be read"
            : "the changelog '" + changelog + "' could not be applied";
    return new MigrationException(
        "Could not migrate %s: %s: %s. Correct the changelog and build the artifact again."
            .formatted(target, what, reason),
        failed);
  }

  /// @param asking a session that is still well, for a question about who was in the way
  MigrationException ofChangeSet(
      Exception failed, ChangeSetReporter reporter, int pending, Connection asking)
      throws SQLException {
    Optional<ChangeSet> culprit = reporter.failed();
    if (culprit.isEmpty()) {
      return of(failed);
    }
    ChangeSetRef ref = lines.ref(culprit.get());
    SQLException refused = FailureText.find(SQLException.class, failed);
    var message = new StringBuilder();
    message.append("Could not apply change set ").append(ref).append(" to ").append(target);
    message.append(": ").append(FailureText.of(failed, target.password())).append(state(refused));
    message.append('.');
    String statement = FailureText.statement(failed, target.password());
    if (!statement.isEmpty()) {
      message.append(" The statement was: ").append(statement).append('.');
    }
    if (refused != null && target.dialect().isLockTimeout(refused)) {
      message
          .append(" Open transactions: ")
          .append(target.dialect().openTransactions(asking))
          .append('.');
    }
    message.append(aftermath(culprit.get(), reporter.applied().size(), pending));
    String sqlState = refused == null ? null : refused.getSQLState();
    return new MigrationException(message.toString(), failed, ref, sqlState);
  }

  private String aftermath(ChangeSet culprit, int applied, int pending) {
    return (culprit.isRunInTransaction()
            ? " " + target.dialect().afterFailure()
            : " It does not run in a transaction, so statements before that one took effect")
        + "; "
        + (applied == 0 ? "none" : applied)
        + " of the "
        + pending
        + " pending change sets "
        + (applied == 1 ? "was" : "were")
        + " applied. Mend the cause (a changelog is mended by building the artifact again), then"
        + " run the same command again: it continues with this change set.";
  }

  private static String state(SQLException refused) {
    return refused == null || refused.getSQLState() == null
        ? ""
        : " (SQLSTATE " + refused.getSQLState() + ")";
  }
}
