package dev.dbartifact.localengine;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps out of the tests' output what loggers say of the faults that a test class makes by
/// intention. Others speak as ever.
public final class QuietLog implements BeforeAllCallback, AfterAllCallback {

  private final List<Logger> loggers;
  private final List<Level> levels = new ArrayList<>();

  private QuietLog(List<Logger> loggers) {
    this.loggers = loggers;
  }

  /// @param names of the loggers
  public static QuietLog of(String... names) {
    return new QuietLog(
        Stream.of(names)
            .map(name -> Logger.getLogger("dev.dbartifact.localengine." + name))
            .toList());
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    for (var logger : loggers) {
      levels.add(logger.getLevel());
      logger.setLevel(Level.OFF);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    for (var index = 0; index < loggers.size(); index++) {
      loggers.get(index).setLevel(levels.get(index));
    }
  }
}
