package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.IOException;
import java.util.List;

/// The system's own programs for clients of one kind of server, led to the server of a cluster that
/// runs.
sealed interface ServerClients permits PostgresClients, MariaDbClients {

  static ServerClients of(EngineDirectory directory, ClusterReport cluster) {
    return cluster.engine().contains("postgres")
        ? new PostgresClients(directory, cluster)
        : new MariaDbClients(directory, cluster);
  }

  /// Opens the one for people, as the master user. The engine keeps no passwords.
  ///
  /// @param words its arguments
  /// @return its exit code
  int open(List<String> words, Terminal terminal) throws IOException, InterruptedException;

  /// Loads a dump, up to the first error.
  ///
  /// @return the exit code of the program that did
  /// @throws CutOffException if the end of the dump does not come
  int load(Dump dump, Loading loading) throws IOException, InterruptedException;

  /// What is there after a load that failed, as a sentence.
  String leftBy(Loading loading);
}
