package dev.dbartifact.localengine.postgres;

/// What a session of the engine's asks for when it begins, as `options` of a connection. Users
/// choose settings of their servers, and of their databases by ALTER DATABASE, also such as make
/// whoever enters somebody else; none of them may stop the engine, or write a verifier into the
/// log.
final class SessionOptions {

  private static final String OF_ALL =
      String.join(
          " ",
          "-c session_authorization=%s",
          "-c role=none",
          "-c local_preload_libraries=",
          "-c statement_timeout=0",
          "-c default_transaction_read_only=off",
          "-c default_transaction_deferrable=off",
          // A hot standby knows no serializable transactions.
          "-c default_transaction_isolation=read\\ committed",
          "-c standard_conforming_strings=on",
          "-c exit_on_error=off",
          "-c search_path=pg_catalog");

  /// A user's transaction that stays open may hold a lock for ever, and all work on the volume
  /// would wait behind the engine's statement, the end of the server among it. `pg_dump` and
  /// `pg_restore` wait as long as it takes: they set this to 0 themselves.
  private static final String OF_SUPERUSER =
      String.join(
          " ",
          "",
          "-c lock_timeout=60s",
          "-c log_statement=none",
          "-c log_duration=off",
          "-c log_min_duration_statement=-1",
          "-c debug_print_parse=off",
          "-c debug_print_rewritten=off",
          "-c debug_print_plan=off",
          "-c pg_stat_statements.track=none");

  private SessionOptions() {}

  /// @param major of the server's version
  static String ofSuperuser(int major) {
    return ofAll(ServerSettings.SUPERUSER, major)
        + OF_SUPERUSER
        + (major >= 12 ? " -c log_transaction_sample_rate=0" : "")
        + (major >= 13 ? " -c log_min_duration_sample=-1" : "");
  }

  /// As far as a user may choose them who is no superuser.
  static String of(String user, int major) {
    return ofAll(user, major) + " -c lock_timeout=0";
  }

  private static String ofAll(String user, int major) {
    return OF_ALL.formatted(user)
        + (major >= 14 ? " -c idle_session_timeout=0" : "")
        + (major >= 17 ? " -c transaction_timeout=0" : "");
  }
}
