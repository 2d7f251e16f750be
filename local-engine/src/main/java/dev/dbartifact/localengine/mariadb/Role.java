package dev.dbartifact.localengine.mariadb;

import java.util.LinkedHashMap;
import java.util.Map;

/// What a server has to do with replication.
enum Role {
  /// Nothing.
  ALONE,
  /// Others can follow it at any time: a binary log can only be switched on by a restart, and
  /// nobody expects one because a reader comes.
  SOURCE,
  /// It follows another, and takes nothing from anybody else.
  REPLICA;

  /// The setting that is `0` among those of a server that is to be [#ALONE].
  static final String BINARY_LOG = "log_bin";

  /// The setting that a [#REPLICA] has, and no other.
  static final String READ_ONLY = "read_only";

  private static final int BINARY_LOG_FILE = 8 << 20;
  private static final long MOST_RELAYED = 2L << 30;

  static Role of(Map<String, String> chosen) {
    return "0".equals(chosen.get(BINARY_LOG)) ? ALONE : SOURCE;
  }

  /// Whether a setting has the value by which Aurora MySQL switches its binary log off, which is no
  /// format that MariaDB has: nobody asks for one, and that of readers has the engine's.
  static boolean asksForNoLog(String name, String value) {
    return name.equals("binlog_format") && value.equalsIgnoreCase("OFF");
  }

  /// That of a server that was started with these settings; of one that never was, [#SOURCE].
  static Role startedWith(Map<String, String> settings) {
    if (settings.containsKey(READ_ONLY)) {
      return REPLICA;
    }
    return settings.isEmpty() || settings.containsKey(BINARY_LOG) ? SOURCE : ALONE;
  }

  /// In place of MariaDB's own; users may choose others.
  Map<String, String> defaults() {
    var settings = new LinkedHashMap<String, String>();
    if (this != ALONE) {
      // What was meant for statements that are safe is not always so for the temporary tables of a
      // session that began before the replica.
      settings.put("binlog_format", "ROW");
      settings.put("binlog_row_image", "MINIMAL");
      settings.put("max_binlog_size", Integer.toString(BINARY_LOG_FILE));
      // The log of InnoDB is what commits wait for; see [BinaryLog].
      settings.put("sync_binlog", "0");
      // On Aurora there is no binary log unless one is asked for, and no rule for functions.
      settings.put("log_bin_trust_function_creators", "1");
    }
    return settings;
  }

  /// Whatever users choose.
  ///
  /// @param volume the server's
  Map<String, String> fixed(String volume) {
    var settings = new LinkedHashMap<String, String>();
    if (this != ALONE) {
      settings.put(BINARY_LOG, BinaryLog.NAME);
      settings.put("server_id", Long.toString(Replica.serverId(volume)));
    }
    // Who follows whom is said after the start, or not at all.
    settings.put("skip_slave_start", "1");
    if (this == REPLICA) {
      following(settings);
    }
    return settings;
  }

  /// What it holds is made anew each time that it starts: it waits for no disk. Its files are whole
  /// all the same, whatever becomes of the machine: it may be let write.
  private static void following(Map<String, String> settings) {
    settings.put(READ_ONLY, "1");
    settings.put("event_scheduler", "OFF");
    settings.put("log_slave_updates", "0");
    settings.put("relay_log", Received.RELAY_LOG);
    settings.put("relay_log_space_limit", Long.toString(MOST_RELAYED));
    settings.put("master_retry_count", "0");
    settings.put("sync_master_info", "0");
    settings.put("sync_relay_log", "0");
    settings.put("sync_relay_log_info", "0");
    settings.put("innodb_flush_log_at_trx_commit", "0");
  }
}
