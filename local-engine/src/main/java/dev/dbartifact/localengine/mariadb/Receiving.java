package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// What a replica does all the time: it receives what its source logs, and does the same.
public record Receiving(MariaDbSession replica) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// SQL for the start of a replica: it begins at what its files hold, a clone of its source's,
  /// where recovery has made data and binary log tell the same.
  ///
  /// @param source where that one listens
  /// @param secret of the account of this replica
  /// @param authority the file with the certificate of who vouches for the source
  public static String atStart(
      Replica replica, InetSocketAddress source, String secret, Path authority) {
    return """
    SET @beginning = CONCAT('SET GLOBAL gtid_slave_pos = ''', @@GLOBAL.gtid_binlog_pos, '''');
    RESET MASTER;
    EXECUTE IMMEDIATE @beginning;
    CHANGE MASTER TO MASTER_HOST = '%s', MASTER_PORT = %d,
      MASTER_USER = '%s', MASTER_PASSWORD = '%s',
      MASTER_SSL = 1, MASTER_SSL_VERIFY_SERVER_CERT = 1, MASTER_SSL_CA = '%s',
      MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1;
    START SLAVE;
    """
        .formatted(
            source.getAddress().getHostAddress(),
            source.getPort(),
            replica.user(),
            secret,
            authority.toString().replace("\\", "\\\\").replace("'", "''"));
  }

  /// SQL for the start of a server that follows nobody. Where it was in what it received, as a
  /// replica or a clone of one, is nothing that a replica of its own could go on from.
  static String isOver() {
    return """
    SET sql_log_bin = 0;
    SET @forgetting =
      IF(@@GLOBAL.gtid_slave_pos = '', 'DO 0', 'SET GLOBAL gtid_slave_pos = ''''');
    EXECUTE IMMEDIATE @forgetting;
    """;
  }

  /// Waits until it does, after a start.
  ///
  /// @throws IOException with the server's reason, if it does not come about
  public void await() throws IOException {
    if (!Waiting.within(LIMIT, this::underWay)) {
      throw new IOException("It does not receive what its source writes. " + reason());
    }
  }

  /// Whether it does, at this moment.
  public boolean underWay() throws IOException {
    var status = status();
    return "Yes".equals(status.get("Slave_IO_Running"))
        && "Yes".equals(status.get("Slave_SQL_Running"));
  }

  /// Why it has stopped to, and does not go on by itself; one that tries to reach its source does.
  public Optional<String> end() throws IOException {
    var status = status();
    var ended =
        "No".equals(status.get("Slave_IO_Running")) || "No".equals(status.get("Slave_SQL_Running"));
    return ended ? Optional.of(reason(status)) : Optional.empty();
  }

  private String reason() throws IOException {
    return reason(status());
  }

  private static String reason(Map<String, String> status) {
    return "The server says: %s %s"
        .formatted(status.get("Last_IO_Error"), status.get("Last_SQL_Error"))
        .strip();
  }

  /// Empty where it follows nobody.
  private Map<String, String> status() throws IOException {
    return replica.rows("SHOW SLAVE STATUS").stream().findFirst().orElse(Map.of());
  }
}
