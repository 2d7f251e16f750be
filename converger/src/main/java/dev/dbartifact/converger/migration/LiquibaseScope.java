package dev.dbartifact.converger.migration;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.logging.Level;
import liquibase.Scope;
import liquibase.Scope.ScopedRunnerWithReturn;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.ui.LoggerUIService;

/// The surroundings that Liquibase finds: files of one folder only, one log, no console, no reports
/// home. One run at a time: a scope nests in whatever scope the JVM is in, and singletons are
/// shared.
final class LiquibaseScope {
  private static final ReentrantLock ONE_AT_A_TIME = new ReentrantLock();

  private LiquibaseScope() {}

  /// @param codeAllowed whether the changelog may run programs and classes
  static <T> T run(Path root, boolean codeAllowed, ScopedRunnerWithReturn<T> work)
      throws Exception {
    ONE_AT_A_TIME.lock();
    try {
      return Scope.child(surroundings(root, codeAllowed), work);
    } finally {
      ONE_AT_A_TIME.unlock();
    }
  }

  private static Map<String, Object> surroundings(Path root, boolean codeAllowed) throws Exception {
    var silent = new LoggerUIService();
    silent.setStandardLogLevel(Level.FINE);
    silent.setErrorLogLevel(Level.FINE);
    return Map.of(
        Scope.Attr.logService.name(),
        new Slf4jLogs(),
        Scope.Attr.ui.name(),
        silent,
        Scope.Attr.resourceAccessor.name(),
        new ConfinedResources(root),
        AnalyticsArgs.ENABLED.getKey(),
        false,
        NamedCustomChange.ALLOWED,
        codeAllowed);
  }
}
