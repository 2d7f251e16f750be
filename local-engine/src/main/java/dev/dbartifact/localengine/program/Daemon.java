package dev.dbartifact.localengine.program;

import java.io.IOException;

/// The server that works on one data directory, if one does. Nothing is kept in memory: a server
/// that outlived its engine is found by the next one.
public interface Daemon {

  /// Whether it lives.
  boolean running() throws IOException;

  /// Whether any process works on the data directory, be it one that lost its parent.
  boolean atWork() throws IOException;

  /// Stops it cleanly. Nothing to do if it does not run.
  void stop() throws IOException;

  /// Ends it at once, for a volume that goes away: nothing more is written.
  void abandon() throws IOException;

  /// Ends what lost its parent and would keep a new server away.
  void endOrphans();
}
