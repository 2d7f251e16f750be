package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The server that works on one data directory, if one does. Nothing is kept in memory: a server
/// that outlived its engine is found by the next one.
public interface Daemon {

  /// Its first process, while that lives.
  Optional<Long> pid() throws IOException;

  /// Whether it lives.
  default boolean running() throws IOException {
    return pid().isPresent();
  }

  /// Whether any process works on the data directory, be it one that lost its parent.
  boolean atWork() throws IOException;

  /// Stops it cleanly. Nothing to do if it does not run.
  default void stop() throws IOException {
    stop(() -> {}, () -> false);
  }

  /// The same, for a server whose data may come to be thrown away meanwhile.
  ///
  /// @param closed is run once, when it takes no more sessions, or was not running; it may still
  ///   write then
  /// @param inVain whether nobody needs what it writes any more, asked again and again: it ends at
  ///   once then
  void stop(Runnable closed, BooleanSupplier inVain) throws IOException;

  /// Ends it at once, for a volume that goes away: nothing more is written.
  ///
  /// @throws IOException also if something of it lives on in spite of that
  void abandon() throws IOException;

  /// Ends what lost its parent and would keep a new server away.
  ///
  /// @throws IOException also if something of that lives on
  void endOrphans() throws IOException;
}
