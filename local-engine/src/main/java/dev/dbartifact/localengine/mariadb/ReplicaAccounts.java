package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The accounts by which replicas log in at their source: one for each, so that its end is that of
/// its secret, and so that the source knows whether it is followed at all. They are not replicated.
///
/// What users let sessions begin with (`init_connect`) would end their logins where it needs a
/// right that they lack, and is run for everybody without CONNECTION ADMIN. That right changes
/// settings of the server: so statements cannot name these accounts, like [EngineAccount].
public record ReplicaAccounts(MariaDbSession source) {
  /// More than users can be called by chance.
  private static final String ANY =
      "User REGEXP '^%s[0-9a-f]{8}_[0-9a-f]{8}$'".formatted(Replica.PREFIX);

  /// Those that statements cannot name.
  static final String OUT_OF_REACH =
      "%s and char_length(Host) = %d".formatted(ANY, EngineAccount.HOST.length());

  /// How long the source keeps what it has logged: for replicas that reconnect, or are being made.
  private static final int SECONDS_FOR_REPLICAS = 300;

  private static final int SECONDS_FOR_NOBODY = 1;

  /// In place of what is chosen for everybody, which would end a replica for good at its first
  /// question that took longer. MariaDB allows a year.
  private static final Duration LONGEST_STATEMENT = Duration.ofDays(365);

  /// `CONNECTION_ADMIN_ACL` in `sql/privilege.h` of MariaDB.
  private static final long CONNECTION_ADMIN = 1L << 32;

  /// Lets a replica log in, from this machine.
  ///
  /// @param address at which it will reach the source
  /// @param verifier see [PasswordHash]
  public void admit(Replica replica, InetSocketAddress address, String verifier)
      throws IOException {
    source.execute("SET SESSION sql_log_bin = 0");
    drop(replica);
    var account = account(replica, originTo(address));
    source.execute(
        "CREATE USER %s IDENTIFIED VIA mysql_native_password USING '%s' WITH MAX_STATEMENT_TIME %d"
            .formatted(account, verifier, LONGEST_STATEMENT.toSeconds()));
    source.execute("GRANT REPLICATION SLAVE ON *.* TO " + account);
    source.execute(outOfReach(replica));
    source.execute("FLUSH PRIVILEGES");
    keepLog(SECONDS_FOR_REPLICAS);
  }

  private static String outOfReach(Replica replica) {
    return """
    UPDATE mysql.global_priv SET Host = RPAD(Host, %d, '%%'), Priv = JSON_SET(Priv, '$.access', \
    CAST(JSON_VALUE(Priv, '$.access') AS UNSIGNED) | %d) WHERE User = '%s'\
    """
        .formatted(EngineAccount.HOST.length(), CONNECTION_ADMIN, replica.user());
  }

  /// The replica is gone. Nothing happens where it was not known.
  public void dismiss(Replica replica) throws IOException {
    source.execute("SET SESSION sql_log_bin = 0");
    drop(replica);
    if (source.value("SELECT COUNT(*) FROM mysql.global_priv WHERE " + ANY).equals("0")) {
      keepLog(SECONDS_FOR_NOBODY);
    }
  }

  /// From whatever address it came: its source may have had another one.
  private void drop(Replica replica) throws IOException {
    var its = "FROM mysql.global_priv WHERE User = '%s'".formatted(replica.user());
    if (!source.value("SELECT COUNT(*) " + its).equals("0")) {
      source.execute("DELETE " + its);
      source.execute("FLUSH PRIVILEGES");
    }
  }

  private void keepLog(int seconds) throws IOException {
    source.execute("SET GLOBAL binlog_expire_logs_seconds = " + seconds);
  }

  /// Lets the source let go of what it has logged and no replica needs, which it does by itself
  /// only while it goes on writing.
  public void purge() throws IOException {
    source.execute("FLUSH BINARY LOGS");
    source.execute("PURGE BINARY LOGS BEFORE NOW() - INTERVAL @@binlog_expire_logs_seconds SECOND");
  }

  private static String account(Replica replica, String host) {
    return "%s@%s".formatted(Quoted.name(replica.user()), Quoted.name(host));
  }

  /// Where the source will see those come from who reach it from this machine. The kernel knows,
  /// and no packet is sent: to addresses in 127.0.0.0/8 that is 127.0.0.1, to others they
  /// themselves, unless a route says something else.
  static String originTo(InetSocketAddress address) throws IOException {
    try (var channel = DatagramChannel.open()) {
      channel.connect(address);
      return ((InetSocketAddress) channel.getLocalAddress()).getAddress().getHostAddress();
    }
  }

  /// SQL for the start of a server: away with the accounts that came with a clone, or whose
  /// replicas are gone, and with what is logged and nobody needs.
  ///
  /// @param replicas the volumes of those that follow it
  static String atStart(String source, Collection<String> replicas) {
    var known =
        Stream.concat(
                Stream.of(""), replicas.stream().map(each -> new Replica(source, each).user()))
            .map("'%s'"::formatted)
            .collect(Collectors.joining(", "));
    return """
    SET sql_log_bin = 0;
    DELETE FROM mysql.global_priv WHERE %1$s AND User NOT IN (%2$s);
    SET @dismissal = IF(ROW_COUNT() = 0, 'DO 0', 'FLUSH PRIVILEGES');
    EXECUTE IMMEDIATE @dismissal;
    SELECT IF(COUNT(*) = 0, %3$d, %4$d) INTO @kept FROM mysql.global_priv WHERE %1$s;
    SET GLOBAL binlog_expire_logs_seconds = @kept;
    PURGE BINARY LOGS BEFORE NOW() - INTERVAL @kept SECOND;
    """
        .formatted(ANY, known, SECONDS_FOR_NOBODY, SECONDS_FOR_REPLICAS);
  }
}
