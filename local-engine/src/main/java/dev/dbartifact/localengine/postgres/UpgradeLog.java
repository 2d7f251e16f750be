package dev.dbartifact.localengine.postgres;

import java.time.Clock;
import java.time.temporal.ChronoUnit;

/// What an upgrade did, and what the programs said that it ran.
public final class UpgradeLog {

  private final Clock clock;
  private final StringBuilder text = new StringBuilder();

  public UpgradeLog(Clock clock) {
    this.clock = clock;
  }

  /// A line of the engine's.
  public synchronized void note(String line) {
    text.append(clock.instant().truncatedTo(ChronoUnit.MILLIS)).append(' ').append(line);
    text.append('\n');
  }

  /// Lines of a program.
  synchronized void said(String lines) {
    text.append(lines);
    if (!lines.isEmpty() && !lines.endsWith("\n")) {
      text.append('\n');
    }
  }

  @Override
  public synchronized String toString() {
    return text.toString();
  }
}
