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

  /// @param names of the loggers, classes and packages of the engine
  public static QuietLog of(String... names) {
    return new QuietLog(
        Stream.of(names)
            .map(name -> "dev.dbartifact.localengine." + name)
            .map(QuietLog::existing)
            .map(Logger::getLogger)
            .toList());
  }

  /// The name of something that is not there, such as of a class that has moved, would quiet
  /// nothing.
  private static String existing(String name) {
    var loader = QuietLog.class.getClassLoader();
    var path = name.replace('.', '/');
    if (loader.getResource(path + ".class") == null && loader.getResource(path + "/") == null) {
      throw new IllegalArgumentException("There is no class or package " + name);
    }
    return name;
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
