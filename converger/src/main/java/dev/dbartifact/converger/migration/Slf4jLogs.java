package dev.dbartifact.converger.migration;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.slf4j.LoggerFactory;

/// Sends what Liquibase says to the one log. Its running commentary is detail there; its failures
/// too, because they come back as exceptions and are reported from those.
final class Slf4jLogs extends AbstractLogService {
  @Override
  public int getPriority() {
    return PRIORITY_SPECIALIZED;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Logger getLog(Class clazz) {
    return new Slf4jLog(LoggerFactory.getLogger(clazz));
  }

  private static final class Slf4jLog extends AbstractLogger {
    private final org.slf4j.Logger log;

    Slf4jLog(org.slf4j.Logger log) {
      this.log = log;
    }

    /// Nothing of ours to close: the log is everybody's.
    @Override
    public void close() {}

    @Override
    public void log(Level level, String message, Throwable failure) {
      if (level.equals(Level.WARNING)) {
        log.warn(message);
        log.debug("because of", failure);
      } else if (level.intValue() >= Level.CONFIG.intValue()) {
        log.debug(message, failure);
      } else {
        log.trace(message, failure);
      }
    }
  }
}
