package dev.dbartifact.localengine.postgres;

import java.io.IOException;

/// A physical replication slot of a server that runs: for it the server keeps the WAL that was not
/// taken through it yet.
///
/// @param session with the server
public record ReplicationSlot(AdminSession session, String name) {

  /// Keeps, from now on, the WAL that is not received through it.
  public void make() throws IOException {
    session.execute("SELECT pg_create_physical_replication_slot('%s', true)".formatted(name));
  }

  /// Nothing happens where there is none.
  public void drop() throws IOException {
    session.execute(
        """
        DO $$ BEGIN
          PERFORM pg_terminate_backend(active_pid) FROM pg_replication_slots
            WHERE slot_name = '%1$s' AND active;
          FOR attempt IN 1..200 LOOP
            EXIT WHEN NOT EXISTS (
              SELECT FROM pg_replication_slots WHERE slot_name = '%1$s' AND active);
            PERFORM pg_sleep(0.01);
          END LOOP;
          PERFORM pg_drop_replication_slot(slot_name) FROM pg_replication_slots
            WHERE slot_name = '%1$s';
        END $$\
        """
            .formatted(name));
  }

  /// Whether a standby receives through it what is written.
  public boolean isFollowed() throws IOException {
    return is("active AND restart_lsn IS NOT NULL");
  }

  /// Whether the server still keeps what was not taken through it yet.
  public boolean isKeptFor() throws IOException {
    return is("restart_lsn IS NOT NULL");
  }

  private boolean is(String condition) throws IOException {
    return session
        .query(
            "SELECT %s FROM pg_replication_slots WHERE slot_name = '%s'".formatted(condition, name))
        .filter("t"::equals)
        .isPresent();
  }

  /// Lets go of the WAL before that segment, as far as it is concerned.
  public void keepFrom(WalSegment segment) throws IOException {
    session.query(
        "SELECT pg_replication_slot_advance(slot_name, '%1$s'::pg_lsn) FROM pg_replication_slots WHERE slot_name = '%2$s' AND restart_lsn < '%1$s'::pg_lsn"
            .formatted(segment.start(), name));
  }
}
