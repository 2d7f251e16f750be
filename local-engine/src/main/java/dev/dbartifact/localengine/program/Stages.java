package dev.dbartifact.localengine.program;

import java.util.StringJoiner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How long the parts of something took that is to be quick, for the log at the level of debugging:
/// where one of many took longer than the others, it tells which part.
///
/// For one thread.
public final class Stages {
  private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

  private final String what;
  private final StringJoiner parts = new StringJoiner(", ");
  private final long begin = System.nanoTime();
  private long last = begin;

  private Stages(String what) {
    this.what = what;
  }

  /// Begins now.
  ///
  /// @param what such as `The clone dev`
  public static Stages of(String what) {
    return new Stages(what);
  }

  /// One of them, since the one before, is over.
  public Stages done(String part) {
    if (LOG.isDebugEnabled()) {
      var now = System.nanoTime();
      parts.add("%s %.1f".formatted(part, (now - last) / 1e6));
      last = now;
    }
    return this;
  }

  /// All are.
  public void end() {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} took {} ms: {}", what, "%.1f".formatted((System.nanoTime() - begin) / 1e6), parts);
    }
  }
}
