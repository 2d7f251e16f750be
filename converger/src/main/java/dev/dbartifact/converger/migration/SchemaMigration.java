package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Engine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import liquibase.changelog.ChangeSet;
import liquibase.exception.LiquibaseException;

/// Applies a changelog to a database: what is missing, in order, once. Whoever runs it beside us
/// waits or is waited for; what fails leaves everything before it applied and recorded.
public final class SchemaMigration {
  private final MigrationSettings settings;
  private final MigrationProgress progress;

  public SchemaMigration(MigrationSettings settings, MigrationProgress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /// Reads a changelog without a database, so that a malformed one is found before anything is
  /// made: what a cluster costs is worth more than the quarter of a second that Liquibase takes to
  /// start.
  ///
  /// @param engine of the cluster to be
  /// @return how many change sets the filters let through
  /// @throws CodeNotAllowedException as [#update] would
  /// @throws MigrationException naming what is wrong with the changelog
  public int check(
      Engine engine, Path changelogRoot, String changelog, String contexts, String labels)
      throws MigrationException {
    var filters = new ChangelogFilters(contexts, labels);
    try {
      return LiquibaseScope.run(
          changelogRoot,
          settings.codeAllowed(),
          () -> {
            try (var run = ChangelogRun.offline(Dialect.of(engine), filters)) {
              run.parse(changelog);
              int selected = guarded(run, changelog, new ChangeSetLines(changelogRoot));
              run.validate();
              return selected;
            }
          });
    } catch (MigrationException known) {
      throw known;
    } catch (Exception failed) {
      throw MigrationFailures.ofReading(changelog, failed);
    }
  }

  /// Brings `target` to the state that the changelog describes.
  ///
  /// @param changelogRoot the folder that the changelog and all it includes lie in; nothing outside
  ///   is read
  /// @param changelog the root file, relative to the folder: XML, YAML, JSON or formatted SQL
  /// @param contexts Liquibase's contexts, `""` for all
  /// @param labels Liquibase's label filter, `""` for all
  /// @throws CodeNotAllowedException before anything is changed
  /// @throws MigrationException for everything else that kept it from completing
  public MigrationResult update(
      JdbcTarget target, Path changelogRoot, String changelog, String contexts, String labels)
      throws MigrationException {
    long started = System.nanoTime();
    var filters = new ChangelogFilters(contexts, labels);
    var failures = new MigrationFailures(target, changelog, new ChangeSetLines(changelogRoot));
    try {
      return LiquibaseScope.run(
          changelogRoot,
          settings.codeAllowed(),
          () -> {
            Dialect dialect = target.dialect();
            try (Connection connection = dialect.sessions().open(target, settings.lockTimeout());
                var run = new ChangelogUpdate(connection, dialect, filters)) {
              return migrate(target, changelog, connection, run, failures, started);
            }
          });
    } catch (MigrationException known) {
      throw known;
    } catch (Exception failed) {
      throw failures.of(failed);
    }
  }

  private MigrationResult migrate(
      JdbcTarget target,
      String changelog,
      Connection connection,
      ChangelogUpdate run,
      MigrationFailures failures,
      long started)
      throws Exception {
    run.parse(changelog);
    int selected = guarded(run, changelog, failures.lines());
    var row = new ChangelogLockRow(connection, target);
    if (run.pending().isEmpty() && !row.isLeftBehind()) {
      return result(List.of(), selected, started);
    }
    connection.rollback(); // so that a wait holds no transaction open
    long waiting = System.nanoTime();
    try (var lock = MigrationLock.acquire(target, connection, settings.waitForOthers(), progress)) {
      run.prepareTables();
      Duration waited = Duration.ofNanos(System.nanoTime() - waiting);
      try (var _ = row.take(settings.waitForOthers().minus(waited), progress)) {
        List<ChangeSet> pending = run.pending();
        List<ChangeSetRef> applied = apply(run, pending, lock, failures);
        return result(applied, selected - pending.size(), started);
      }
    }
  }

  /// Comes before everything that has Liquibase look at conditions or changes.
  ///
  /// @return how many change sets the filters let through
  private int guarded(ChangelogRun run, String changelog, ChangeSetLines lines)
      throws LiquibaseException, CodeNotAllowedException {
    var findings = new ArrayList<String>();
    run.preconditions().map(CodeGuard::findings).ifPresent(findings::addAll);
    List<ChangeSet> changeSets = run.selected();
    findings.addAll(CodeGuard.findings(changeSets, lines));
    if (!findings.isEmpty() && !settings.codeAllowed()) {
      throw MigrationFailures.codeNotAllowed(changelog, findings);
    }
    CodeGuard.divertRemarks(changeSets);
    return changeSets.size();
  }

  private List<ChangeSetRef> apply(
      ChangelogUpdate run, List<ChangeSet> pending, MigrationLock lock, MigrationFailures failures)
      throws MigrationException, SQLException {
    if (pending.isEmpty()) {
      return List.of();
    }
    var reporter = new ChangeSetReporter(progress, pending.size());
    try {
      run.apply(reporter);
      return reporter.applied();
    } catch (Exception failed) {
      throw failures.ofChangeSet(failed, reporter, pending.size(), lock.session());
    }
  }

  private static MigrationResult result(
      List<ChangeSetRef> applied, int alreadyApplied, long started) {
    return new MigrationResult(
        applied, alreadyApplied, Duration.ofNanos(System.nanoTime() - started));
  }
}
