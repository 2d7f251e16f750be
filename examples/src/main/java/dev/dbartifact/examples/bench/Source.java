package dev.dbartifact.examples.bench;

/// A cluster of the local engine with pgbench's tables in it.
///
/// @param server the server behind the database
record Source(String id, DataSize size, Database database, RunningServer server) {
  /// Reads a row of the data, so that an answer shows that they are there.
  static final String FIRST_QUERY = "SELECT abalance FROM pgbench_accounts WHERE aid = 1";
}
