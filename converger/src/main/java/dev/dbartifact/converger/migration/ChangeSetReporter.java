package dev.dbartifact.converger.migration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.ChangeSet.ExecType;
import liquibase.changelog.ChangeSet.RunStatus;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.database.Database;

/// Hears from Liquibase what becomes of each change set, passes it on and remembers it.
final class ChangeSetReporter extends AbstractChangeExecListener {
  private final MigrationProgress progress;
  private final int pending;
  private final List<ChangeSetRef> applied = new ArrayList<>();
  private ChangeSet failed;
  private int position;
  private long started;

  ChangeSetReporter(MigrationProgress progress, int pending) {
    this.progress = progress;
    this.pending = pending;
  }

  List<ChangeSetRef> applied() {
    return List.copyOf(applied);
  }

  Optional<ChangeSet> failed() {
    return Optional.ofNullable(failed);
  }

  /// Something that nobody asked for.
  void notice(String sentence) {
    progress.notice(sentence);
  }

  @Override
  public void willRun(
      ChangeSet changeSet, DatabaseChangeLog changelog, Database database, RunStatus status) {
    started = System.nanoTime();
    progress.applying(ChangeSetLines.plainRef(changeSet), ++position, pending);
  }

  @Override
  public void ran(
      ChangeSet changeSet, DatabaseChangeLog changelog, Database database, ExecType type) {
    ChangeSetRef ref = ChangeSetLines.plainRef(changeSet);
    switch (type) {
      case EXECUTED, RERAN -> {
        applied.add(ref);
        progress.applied(ref, Duration.ofNanos(System.nanoTime() - started));
      }
      case MARK_RAN ->
          progress.notice("Recorded " + ref + " without running it: its precondition says so.");
      case FAILED, SKIPPED ->
          progress.notice("Passed over " + ref + ", which allows it; it stays pending.");
    }
  }

  @Override
  public void runFailed(
      ChangeSet changeSet, DatabaseChangeLog changelog, Database database, Exception failure) {
    failed = changeSet;
  }
}
