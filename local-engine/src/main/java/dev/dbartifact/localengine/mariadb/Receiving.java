package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.Waiting;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/// What a replica does all the time: it receives what its source logs, and does the same.
public record Receiving(MariaDbSession replica) {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /// Begins at what its files hold, a clone of its source's.
  ///
  /// @param source where that one listens
  /// @param secret of the account of this replica
  /// @throws IOException with the server's reason, if it does not come about
  public void begin(Replica which, InetSocketAddress source, String secret) throws IOException {
    // Recovery has made the clone's binary log and its data tell the same.
    var position = replica.value("SELECT @@GLOBAL.gtid_binlog_pos");
    replica.execute("RESET MASTER");
    replica.execute("SET GLOBAL gtid_slave_pos = '" + position + "'");
    replica.execute(
        "CHANGE MASTER TO MASTER_HOST = '%s', MASTER_PORT = %d, MASTER_USER = '%s',"
                .formatted(source.getAddress().getHostAddress(), source.getPort(), which.user())
            + " MASTER_PASSWORD = '%s', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1"
                .formatted(secret));
    replica.execute("START SLAVE");
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

  private String reason() throws IOException {
    var status = status();
    return "The server says: %s %s"
        .formatted(status.get("Last_IO_Error"), status.get("Last_SQL_Error"))
        .strip();
  }

  /// Empty where it follows nobody.
  private Map<String, String> status() throws IOException {
    return replica.rows("SHOW SLAVE STATUS").stream().findFirst().orElse(Map.of());
  }
}
