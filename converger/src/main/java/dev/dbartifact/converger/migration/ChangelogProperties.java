package dev.dbartifact.converger.migration;

import java.util.Set;
import liquibase.ContextExpression;
import liquibase.Labels;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.database.Database;

/// The properties that a changelog may expand: those it sets itself, and what Liquibase tells of
/// the database. Liquibase 4.33 also offers it every variable and system property of this JVM, and
/// prefers them; there stand credentials, which no change set may spell out.
///
/// Liquibase keeps those in a list that nobody else reaches. So every name is kept under another
/// one here, which no variable can have, and is only asked for by that.
public final class ChangelogProperties extends ChangeLogParameters {
  /// The name of a variable holds no zero byte (POSIX, "Environment Variables").
  private static final String OWN = "\0changelog:";

  /// Names that Liquibase answers from the changelog at hand, before it looks anywhere else.
  private static final Set<String> OF_THE_RUN =
      Set.of(
          "LIQUIBASE_EXECUTION_DEPLOYMENT_ID",
          "LIQUIBASE_EXECUTION_CHANGELOG_FILE",
          "LIQUIBASE_EXECUTION_CHANGESET_ID",
          "LIQUIBASE_EXECUTION_CHANGESET_AUTHOR");

  public ChangelogProperties(Database database) {
    super(database);
  }

  @Override
  public void set(String name, Object value) {
    super.set(own(name), value);
  }

  @Override
  public void set(
      String name, Object value, ContextExpression contexts, Labels labels, String... databases) {
    super.set(own(name), value, contexts, labels, databases);
  }

  @Override
  public void setLocal(String name, Object value, DatabaseChangeLog changelog) {
    super.setLocal(own(name), value, changelog);
  }

  @Override
  public void setLocal(
      String name,
      Object value,
      DatabaseChangeLog changelog,
      ContextExpression contexts,
      Labels labels,
      String... databases) {
    super.setLocal(own(name), value, changelog, contexts, labels, databases);
  }

  @Override
  public Object getValue(String name, DatabaseChangeLog changelog) {
    return super.getValue(isOfTheRun(name, changelog) ? name : own(name), changelog);
  }

  @Override
  public Object getLocalValue(String name, ChangeSet changeSet) {
    return super.getLocalValue(own(name), changeSet);
  }

  @Override
  public boolean hasValue(String name, DatabaseChangeLog changelog) {
    return super.hasValue(isOfTheRun(name, changelog) ? name : own(name), changelog);
  }

  private static boolean isOfTheRun(String name, DatabaseChangeLog changelog) {
    return changelog != null && OF_THE_RUN.contains(name);
  }

  /// Liquibase's methods call one another.
  private static String own(String name) {
    return name.startsWith(OWN) ? name : OWN + name;
  }
}
