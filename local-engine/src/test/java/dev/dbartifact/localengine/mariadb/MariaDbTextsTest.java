package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the engine tells a server, and how it understands what a server says.
class MariaDbTextsTest {

  private static final MariaDbFiles FILES =
      new MariaDbFiles(Path.of("/v/data"), Path.of("/r/x"), Path.of("/r/x/s"), Path.of("/l/x"));

  private static final Optional<MariaDbTls> TLS = tls(false);

  private static Optional<MariaDbTls> tls(boolean required) {
    return Optional.of(
        new MariaDbTls(Path.of("/r/x/server.pem"), Path.of("/d/authority.pem"), required));
  }

  @Test
  void aPasswordIsHashedAsTheServerDoes() {
    // SELECT PASSWORD('password')
    assertThat(PasswordHash.of("password")).isEqualTo("*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19");
  }

  @Test
  void theMasterUserGetsNoRightsOfASuperuser() {
    var sql = new MasterUser("ad`min", "*AA", Optional.of("shop")).sql();

    assertThat(sql)
        .contains("create user `ad``min`@`%` identified via mysql_native_password using '*AA';\n")
        .contains("with grant option;\n")
        .endsWith("create database if not exists `shop`;\n")
        .doesNotContain("SUPER", "FILE", "SHUTDOWN", "ADMIN", "ALL PRIVILEGES");
    assertThat(new MasterUser("admin", "*AA", Optional.empty()).sql())
        .doesNotContain("create database");
  }

  @Test
  void textsAreQuotedWhateverABackslashMeans() {
    assertThat(Quoted.text("")).isEqualTo("''");
    assertThat(Quoted.text("a'\\")).isEqualTo("_utf8mb4 x'61275c'");
    assertThat(Quoted.name("a`b")).isEqualTo("`a``b`");
  }

  @Test
  void usersSettingsComeAfterTheEnginesButNotBeforeItsAccess() {
    var chosen = Map.of("max_connections", "7", "port", "1", "time_zone", "+02:00");

    var conf =
        OptionFile.parse(
            new MariaDbSettings(
                    Role.SOURCE, "v", Optional.of("127.77.1.2"), 3306, TLS, chosen, FILES)
                .conf());

    assertThat(conf)
        .containsEntry("max_connections", "7")
        .containsEntry("default_time_zone", "+02:00")
        .containsEntry("port", "3306")
        .containsEntry("bind_address", "127.77.1.2")
        .containsEntry("skip_networking", "0")
        .containsEntry("socket", "/r/x/s/s")
        .containsEntry("tmpdir", "/r/x/tmp")
        .containsEntry("secure_file_priv", "/r/x/tmp")
        .containsEntry("innodb_use_native_aio", "0");
  }

  @Test
  void charactersAreThoseOfAuroraUnlessUsersChooseOthers() {
    assertThat(conf(Role.SOURCE, Map.of("max_connections", "7")))
        .containsEntry("character_set_server", "utf8mb4")
        .containsEntry("collation_server", "utf8mb4_general_ci");
    assertThat(
            conf(
                Role.SOURCE,
                Map.of("character_set_server", "latin1", "collation_server", "latin1_bin")))
        .containsEntry("character_set_server", "latin1")
        .containsEntry("collation_server", "latin1_bin");
  }

  /// Else the server would not start.
  @Test
  void whatUsersDoNotSayOfCharactersAgreesWithWhatTheySay() {
    assertThat(conf(Role.SOURCE, Map.of("character_set_server", "latin1")))
        .containsEntry("character_set_server", "latin1")
        .doesNotContainKey("collation_server");
    assertThat(conf(Role.SOURCE, Map.of("collation_server", "latin1_bin")))
        .containsEntry("character_set_server", "latin1");
    assertThat(conf(Role.SOURCE, Map.of("collation_server", "uca1400_ai_ci")))
        .containsEntry("character_set_server", "utf8mb4");
  }

  @Test
  void noOptionIsWrittenThatTheServerDoesNotHave() {
    assertThat(conf(Role.SOURCE, Map.of("character_set_client", "utf8mb4")))
        .doesNotContainKey("character_set_client");
  }

  @Test
  void aServerHasEnoughMemoryForSessionsOfReplicas() {
    assertThat(conf(Role.SOURCE, Map.of("max_session_mem_used", "8192")))
        .containsEntry("max_session_mem_used", "10000000");
    assertThat(conf(Role.SOURCE, Map.of("max_session_mem_used", "20000000")))
        .containsEntry("max_session_mem_used", "20000000");
  }

  /// As in a group that an older engine let have it.
  @Test
  void aValueThatNoOptionFileHoldsIsLeftOut() {
    var chosen = Map.of("init_connect", "\\".repeat(2040), "max_connections", "7");
    var settings =
        new MariaDbSettings(Role.SOURCE, "v", Optional.of("127.77.1.2"), 3306, TLS, chosen, FILES);

    assertThat(OptionFile.parse(settings.conf()))
        .containsEntry("max_connections", "7")
        .doesNotContainKey("init_connect");
    assertThat(settings.leftOut()).containsExactly("init_connect");
  }

  @Test
  void itSpeaksTlsWithACertificateOfItsOwnWhateverUsersChoose() {
    assertThat(conf(Role.SOURCE, Map.of("ssl_cert", "/theirs")))
        .containsEntry("ssl_cert", "/r/x/server.pem")
        .containsEntry("ssl_key", "/r/x/server.pem")
        .containsEntry("ssl_ca", "/d/authority.pem")
        .doesNotContainKey("require_secure_transport");
  }

  @Test
  void usersDecideWhetherOthersAreTurnedAway() {
    assertThat(tls(true).orElseThrow().defaults()).containsEntry("require_secure_transport", "1");
    assertThat(conf(Role.SOURCE, Map.of("require_secure_transport", "1")))
        .containsEntry("require_secure_transport", "1");
  }

  private static Map<String, String> conf(Role role, Map<String, String> chosen) {
    return OptionFile.parse(
        new MariaDbSettings(role, "v", Optional.of("127.77.1.2"), 3306, TLS, chosen, FILES).conf());
  }

  @Test
  void usersChooseHowItIsLoggedButNotWhether() {
    var chosen = Map.of("binlog_format", "MIXED", "server_id", "1", "log_bin", "other");

    assertThat(conf(Role.of(chosen), chosen))
        .containsEntry("log_bin", "binlog")
        .containsEntry("binlog_format", "MIXED")
        .containsEntry("server_id", Long.toString(Replica.serverId("v")))
        .containsEntry("init_file", "/r/x/start.sql")
        .doesNotContainKey("read_only");
  }

  /// As clusters of Aurora MySQL have it by default.
  @Test
  void whereNobodyAsksForABinaryLogThatOfReadersIsTheEngines() {
    var chosen = Map.of("binlog_format", "OFF");

    assertThat(conf(Role.of(chosen), chosen))
        .containsEntry("log_bin", "binlog")
        .containsEntry("binlog_format", "ROW");
  }

  @Test
  void aServerThatNobodyFollowsLogsNothing() {
    var chosen = Map.of("log_bin", "0");
    var conf = conf(Role.of(chosen), chosen);

    assertThat(conf).doesNotContainKeys("log_bin", "server_id");
    assertThat(Role.startedWith(conf)).isEqualTo(Role.ALONE);
    assertThat(Role.startedWith(Map.of())).isEqualTo(Role.SOURCE);
  }

  @Test
  void nobodyFollowsAnotherByItself() {
    for (var role : Role.values()) {
      assertThat(conf(role, Map.of())).containsEntry("skip_slave_start", "1");
    }
  }

  @Test
  void aReplicaTakesNothingFromUsersWhateverTheyChoose() {
    var conf = conf(Role.REPLICA, Map.of("event_scheduler", "ON", "max_connections", "7"));

    assertThat(conf)
        .containsEntry("read_only", "1")
        .containsEntry("event_scheduler", "OFF")
        .containsEntry("max_connections", "7")
        .as("it may come to write")
        .doesNotContainKey("innodb_doublewrite");
    assertThat(Role.startedWith(conf)).isEqualTo(Role.REPLICA);
  }

  @Test
  void aReplicasAccountNamesBothEnds() {
    var replica = new Replica("source", "reader");

    assertThat(replica.user()).matches("rdsrepladmin_[0-9a-f]{8}_[0-9a-f]{8}");
    assertThat(replica.user())
        .isNotEqualTo(new Replica("clone", "reader").user())
        .isNotEqualTo(new Replica("source", "other").user());
    assertThat(ReplicaAccounts.atStart("source", java.util.List.of("reader")))
        .contains("User NOT IN ('', '" + replica.user() + "')");
    assertThat(ReplicaAccounts.atStart("source", java.util.List.of())).contains("User NOT IN ('')");
  }

  /// With [the kernel's rule](https://man7.org/linux/man-pages/man8/ip-route.8.html) for `lo`: the
  /// route to 127.0.0.0/8 has 127.0.0.1 as its source.
  @Test
  void aReplicaComesFromWhereTheKernelReachesItsSourceFrom() throws Exception {
    assertThat(ReplicaAccounts.originTo(new InetSocketAddress("127.0.0.1", 3306)))
        .isEqualTo("127.0.0.1");
    assertThat(ReplicaAccounts.originTo(new InetSocketAddress("127.77.1.2", 3306)))
        .isEqualTo("127.0.0.1");
  }

  @Test
  void aPrivateServerHasNoNetwork() {
    assertThat(
            new MariaDbSettings(
                    Role.SOURCE, "v", Optional.empty(), 3306, Optional.empty(), Map.of(), FILES)
                .conf())
        .contains("skip_networking=\"1\"");
  }

  @Test
  void aVersionIsFoundInTheAnswer() throws Exception {
    assertThat(
            MariaDbInstallation.version(
                "/usr/sbin/mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64\n"))
        .isEqualTo("10.11.19");
    assertThatThrownBy(() -> MariaDbInstallation.version("mysqld  Ver 8.0.39 for Linux"))
        .hasMessageContaining("something else than a version: mysqld  Ver 8.0.39");
  }

  @Test
  void filesOfOneSeriesAreServed() {
    var installed =
        new MariaDbInstallation(
            "10.11.19", Path.of("/usr/sbin/mariadbd"), Path.of("/usr/share/mysql"));

    assertThat(installed.serves("10.11.19")).isTrue();
    assertThat(installed.serves("10.11.2")).isTrue();
    assertThat(installed.serves("10.6.18")).isFalse();
    assertThat(installed.serves("11.8.3")).isFalse();
  }

  @Test
  void itsLogTellsWhetherItHasCommittedWhatWasPrepared() {
    var ended = "0 [Note] Please restart without --tc-heuristic-recover\n";

    assertThat(MariaDbLog.hasCommittedPrepared("0 [ERROR] Can't init tc log\n")).isFalse();
    assertThat(MariaDbLog.hasCommittedPrepared(ended + "0 [ERROR] Can't init tc log\n")).isTrue();
    assertThat(
            MariaDbLog.hasCommittedPrepared("0 [ERROR] Heuristic crash recovery failed\n" + ended))
        .isFalse();
  }

  @Test
  void ofWhatAServerSaysOnlyErrorsAreTold() {
    assertThat(
            MariaDbLog.telling(
                """
                2026-11-20 15:20:53 0 [Note] InnoDB: 128 rollback segments are active.
                2026-11-20 15:20:53 0 [ERROR] /usr/sbin/mariadbd: unknown variable 'x=1'
                ERROR: 1064  You have an error
                2026-11-20 15:20:53 0 [ERROR] Aborting
                """))
        .containsExactly("unknown variable 'x=1'", "ERROR: 1064  You have an error");
  }
}
