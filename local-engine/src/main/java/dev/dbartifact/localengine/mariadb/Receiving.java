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

  /// Lets it receive no more, and do what it has received. Transactions that it has received a part
  /// of do not count: nobody can do those.
  ///
  /// @return what it has not done when the time is over, or when it cannot go on; nothing if it has
  ///   done everything
  public Optional<String> finish(Duration limit) throws IOException {
    replica.execute("STOP SLAVE IO_THREAD");
    var received = status().getOrDefault("Gtid_IO_Pos", "");
    Waiting.within(
        limit, () -> hasDone(received) || !"Yes".equals(status().get("Slave_SQL_Running")));
    return hasDone(received) ? Optional.empty() : Optional.of(left(received));
  }

  /// Asks the server, which answers when it has, or after a tenth of a second.
  private boolean hasDone(String position) throws IOException {
    return position.isEmpty()
        || replica
            .value("SELECT MASTER_GTID_WAIT(%s, 0.1)".formatted(Quoted.text(position)))
            .equals("0");
  }

  private String left(String received) throws IOException {
    return "It has received up to %s, and done up to %s. %s"
        .formatted(received, replica.value("SELECT @@GLOBAL.gtid_slave_pos"), reason());
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
