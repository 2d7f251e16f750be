package dev.dbartifact.converger.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import liquibase.database.AbstractJdbcDatabase;
import liquibase.exception.DatabaseException;
import liquibase.executor.jvm.JdbcExecutor;
import liquibase.sql.visitor.SqlVisitor;
import liquibase.statement.ExecutablePreparedStatement;
import liquibase.statement.SqlStatement;

/// Runs the statements of change sets one by one, and keeps a [Mark] of where it is: an interrupted
/// change set goes on after its last statement that took effect. Only the statement at which the
/// server or this JVM died is in doubt; a server's DDL statement takes effect as a whole or not at
/// all, so that "is there already" says that it did.
final class MarkedExecutor extends JdbcExecutor {
  /// Do not commit: all else is taken for DDL.
  private static final Pattern OF_A_TRANSACTION =
      Pattern.compile(
          "(?i)\\s*(insert|update|delete|replace|select|with|do|set)\\b.*", Pattern.DOTALL);

  /// A database, table, column, key, constraint, partition, routine, trigger or view is there
  /// already, or is gone already.
  /// [Source](https://dev.mysql.com/doc/mysql-errors/8.0/en/server-error-reference.html).
  private static final Set<Integer> ALREADY =
      Set.of(
          1007, // ER_DB_CREATE_EXISTS
          1008, // ER_DB_DROP_EXISTS
          1050, // ER_TABLE_EXISTS_ERROR
          1051, // ER_BAD_TABLE_ERROR
          1060, // ER_DUP_FIELDNAME
          1061, // ER_DUP_KEYNAME
          1068, // ER_MULTIPLE_PRI_KEY
          1091, // ER_CANT_DROP_FIELD_OR_KEY
          1304, // ER_SP_ALREADY_EXISTS
          1305, // ER_SP_DOES_NOT_EXIST
          1359, // ER_TRG_ALREADY_EXISTS
          1360, // ER_TRG_DOES_NOT_EXIST
          1507, // ER_DROP_PARTITION_NON_EXISTENT
          1517, // ER_SAME_NAME_PARTITION
          1826, // ER_FK_DUP_NAME
          3821, // ER_CHECK_CONSTRAINT_NOT_FOUND
          3822, // ER_CHECK_CONSTRAINT_DUP_NAME
          3940); // ER_CONSTRAINT_NOT_FOUND

  private final WholeCommits connection;
  private final Consumer<String> notices;
  private ChangeSetWalk walk;

  /// @param notices hears what differs from a change set that is run from its beginning
  MarkedExecutor(AbstractJdbcDatabase database, WholeCommits connection, Consumer<String> notices) {
    this.connection = connection;
    this.notices = notices;
    setDatabase(database);
  }

  /// From here on statements are those of this change set.
  ///
  /// @return whether an earlier run has begun it
  boolean begin(String changeSet) throws DatabaseException {
    Optional<Mark> left = mark();
    walk = new ChangeSetWalk(changeSet, left);
    if (walk.isResumed()) {
      notices.accept(
          "Going on with " + changeSet + " at its statement " + left.get().statement() + ".");
    } else {
      write(Optional.of(walk.mark()));
      connection.keepSoFar();
    }
    return walk.isResumed();
  }

  /// Whether statements are those of a change set now.
  boolean isUnderway() {
    return walk != null;
  }

  /// The change set is whole; what says so is not committed yet.
  void end() throws DatabaseException {
    requireAsItWas();
    walk = null;
    write(Optional.empty());
  }

  /// The change set failed, and the server has said so: no statement is in doubt.
  void fail() throws DatabaseException {
    walk = null;
    write(mark().map(Mark::notBegun).filter(mark -> !mark.isAtTheStart()));
    connection.keepSoFar();
  }

  @Override
  public void execute(SqlStatement statement, List<SqlVisitor> visitors) throws DatabaseException {
    if (walk == null) {
      super.execute(statement, visitors);
    } else if (statement instanceof ExecutablePreparedStatement) {
      step(statement.getClass().getSimpleName(), () -> super.execute(statement, visitors));
    } else {
      for (String sql : applyVisitors(statement, visitors)) {
        step(sql, () -> execute(sql));
      }
    }
  }

  /// With the failure in Liquibase's form.
  private void execute(String sql) throws DatabaseException {
    try (Statement statement = jdbc().createStatement()) {
      statement.execute(sql);
    } catch (SQLException failed) {
      throw new DatabaseException(
          "%s [Failed SQL: (%d) %s]".formatted(failed.getMessage(), failed.getErrorCode(), sql),
          failed);
    }
  }

  private void step(String sql, Action action) throws DatabaseException {
    if (!walk.isBehindUs()) {
      requireAsItWas();
      run(action);
      walk.pass(sql);
      write(Optional.of(walk.mark()));
      if (!OF_A_TRANSACTION.matcher(sql).matches()) {
        connection.keepSoFar();
      }
    } else {
      walk.pass(sql);
    }
  }

  private void run(Action action) throws DatabaseException {
    try {
      action.run();
    } catch (DatabaseException failed) {
      SQLException refused = FailureText.find(SQLException.class, failed);
      if (!walk.isInDoubt() || refused == null || !saysAlready(refused)) {
        throw failed;
      }
      notices.accept(
          "Statement "
              + walk.statement()
              + " took effect already, when the run before was interrupted: "
              + FailureText.of(refused)
              + ".");
    }
  }

  /// Whether a refusal says that the statement has taken effect before.
  static boolean saysAlready(SQLException refused) {
    return ALREADY.contains(refused.getErrorCode());
  }

  private void requireAsItWas() throws DatabaseException {
    if (!walk.isAsItWas()) {
      throw new DatabaseException(
          String.format(
              Locale.ROOT,
              "an earlier run did not complete %s, and its statements before number %d, which took"
                  + " effect, are not the same any more. Restore them; or undo what they did, and"
                  + " have that forgotten with UPDATE %s SET lockedby = NULL WHERE id = 1",
              walk.name(),
              mark().map(Mark::statement).orElse(walk.statement()),
              MySqlLockTable.NAME));
    }
  }

  private Optional<Mark> mark() throws DatabaseException {
    try (Statement query = jdbc().createStatement();
        ResultSet row =
            query.executeQuery("SELECT lockedby FROM " + MySqlLockTable.NAME + " WHERE id = 1")) {
      return row.next() ? Mark.in(row.getString(1)) : Optional.empty();
    } catch (SQLException failed) {
      throw new DatabaseException(failed);
    }
  }

  private void write(Optional<Mark> mark) throws DatabaseException {
    String sql =
        "UPDATE "
            + MySqlLockTable.NAME
            + " SET lockedby = concat(substring_index(lockedby, ' | ', 1), ?) WHERE id = 1";
    try (PreparedStatement update = jdbc().prepareStatement(sql)) {
      update.setString(1, mark.map(Mark::toString).orElse(""));
      update.executeUpdate();
    } catch (SQLException failed) {
      throw new DatabaseException(failed);
    }
  }

  private Connection jdbc() {
    return connection.getUnderlyingConnection();
  }

  private interface Action {
    void run() throws DatabaseException;
  }
}
