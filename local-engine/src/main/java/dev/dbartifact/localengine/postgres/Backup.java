package dev.dbartifact.localengine.postgres;

import java.io.IOException;

/// A backup that goes on: files copied while it does make a database, together with the label that
/// ends it.
public final class Backup {
  private final AdminSession session;
  private final String stop;

  private Backup(AdminSession session, String stop) {
    this.session = session;
    this.stop = stop;
  }

  /// @param session which it lasts no longer than
  /// @param major of the server's version
  public static Backup start(AdminSession session, int major) throws IOException {
    // The slot keeps the WAL that the clone will need; it goes with this session.
    session.execute(
        "SELECT pg_create_physical_replication_slot('clone_' || pg_backend_pid(), true, true)");
    if (major >= 15) {
      session.execute("SELECT pg_backup_start('clone', true)");
      return new Backup(session, "pg_backup_stop(false)");
    }
    session.execute("SELECT pg_start_backup('clone', true, false)");
    return new Backup(session, "pg_stop_backup(false, false)");
  }

  /// Ends it, and answers its label, which belongs into the copy as `backup_label`.
  public String stop() throws IOException {
    return session
        .query("SELECT labelfile FROM " + stop)
        .orElseThrow(() -> new IOException("The server ended the backup without a label"));
  }
}
