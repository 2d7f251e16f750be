package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ServerSettingsTest {
  private final Map<String, String> chosen = new HashMap<>();
  private final ServerFiles files =
      new ServerFiles(
          Path.of("/d/pgdata"), Path.of("/d/run/1"), Path.of("/d/run/1/s"), Path.of("/d/log/it's"));

  @Test
  void oneAddressAndOnePrivateSocket() {
    assertThat(conf(17, Optional.of("127.0.0.5")))
        .contains("listen_addresses = '127.0.0.5'\n")
        .contains("port = '5433'\n")
        .contains("unix_socket_directories = '/d/run/1/s'\n");
  }

  @Test
  void noAddressIsTheSocketOnly() {
    assertThat(conf(17, Optional.empty())).contains("listen_addresses = ''\n");
  }

  @Test
  void nothingWeakensDurability() {
    assertThat(conf(17, Optional.empty()))
        .doesNotContain("fsync", "full_page_writes", "synchronous_commit");
  }

  @Test
  void settingsThatAVersionDoesNotKnowAreLeftOut() {
    assertThat(conf(13, Optional.empty())).doesNotContain("recovery_init_sync_method", "io_method");
    assertThat(conf(18, Optional.empty())).contains("recovery_init_sync_method", "io_method");
  }

  /// Log that nobody fetches must not stop those who write it.
  @Test
  void theLogOfASmallStorageIsSmall() {
    assertThat(new ServerStorage(true, 100L << 30).logMib()).isEqualTo(1024);
    assertThat(new ServerStorage(true, 2L << 30).logMib()).isEqualTo(102);
    assertThat(new ServerStorage(true, 320L << 20).logMib()).isEqualTo(64);
  }

  @Test
  void aSmallDiskKeepsLessLogForOthers() {
    assertThat(new ServerStorage(true, 100L << 30).keptLogMib()).isEqualTo(2048);
    assertThat(new ServerStorage(true, 10L << 30).keptLogMib()).isEqualTo(512);
    assertThat(new ServerStorage(true, 1L << 30).keptLogMib()).isEqualTo(128);
    assertThat(conf(17, Optional.empty())).contains("max_slot_wal_keep_size = '512MB'\n");
    assertThat(conf(12, Optional.empty())).doesNotContain("max_slot_wal_keep_size");
  }

  @Test
  void aChoiceReplacesTheEnginesButNotWhatKeepsTheServerReachable() {
    chosen.put("shared_buffers", "16384");
    chosen.put("search_path", "a\\b, 'c");
    chosen.put("port", "1");
    assertThat(conf(17, Optional.empty()))
        .contains("shared_buffers = '16384'\n")
        .contains("search_path = 'a\\\\b, ''c'\n")
        .contains("port = '5433'\n");
  }

  @Test
  void quotesAreDoubled() {
    assertThat(conf(17, Optional.empty())).contains("log_directory = '/d/log/it''s'\n");
  }

  @Test
  void theSuperuserEntersByTheSocketOnlyAndEverybodyElseByPassword() {
    assertThat(
            settings(17, Optional.empty())
                .accessRules()
                .lines()
                .map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "local replication rdsrepladmin peer map=standby",
            "local all rdsadmin peer map=engine",
            "local all rdsupgrade peer map=engine",
            "local all all reject",
            "host all rdsadmin all reject",
            "host all rdsrepladmin all reject",
            "host rdsadmin all all reject",
            "host replication all all reject",
            "host all all all scram-sha-256");
    assertThat(settings(17, Optional.empty()).userMap("root", "postgres"))
        .isEqualTo(
            "engine \"root\" rdsadmin\nengine \"root\" rdsupgrade\nstandby \"postgres\" rdsrepladmin\n");
  }

  @Test
  void aSocketPathThatTheSystemWouldCutIsRefused() {
    var deep = Path.of("/" + "d".repeat(100));
    assertThatThrownBy(() -> new ServerFiles(deep, deep, deep, deep))
        .hasMessageContaining("Too long for a unix socket");
  }

  @Test
  void aServerThatUsersReachOffersTls() {
    assertThat(conf(17, Optional.of("127.0.0.5")))
        .contains("ssl = 'on'\n")
        .contains("ssl_cert_file = '/d/run/1/server.pem'\n")
        .contains("ssl_key_file = '/d/run/1/server.pem'\n");
    assertThat(conf(17, Optional.empty())).doesNotContain("ssl");
  }

  @Test
  void usersChooseHowTlsIsSpokenAndNotWhether() {
    chosen.put("ssl", "off");
    chosen.put("ssl_min_protocol_version", "TLSv1.3");
    assertThat(conf(17, Optional.of("127.0.0.5")))
        .contains("ssl = 'on'\n")
        .contains("ssl_min_protocol_version = 'TLSv1.3'\n");
  }

  /// So that the server says "no pg_hba.conf entry for host …, no encryption", as RDS does.
  @Test
  void whereTlsIsRequiredThereIsNoRuleForThoseWithout() {
    var rules = settings(17, Optional.of("127.0.0.5"), true).accessRules();
    assertThat(rules.lines().map(line -> line.replaceAll(" +", " ")))
        .endsWith("host replication all all reject", "hostssl all all all scram-sha-256");
  }

  @Test
  void whatRdsCallsItIsShown() {
    assertThat(settings(17, Optional.of("127.0.0.5"), true).conf())
        .contains("rds.force_ssl = 'on'\n", "rds.logical_replication = 'off'\n");
    chosen.put("wal_level", "logical");
    assertThat(conf(17, Optional.of("127.0.0.5")))
        .contains("rds.force_ssl = 'off'\n", "rds.logical_replication = 'on'\n");
  }

  private String conf(int major, Optional<String> address) {
    return settings(major, address).conf();
  }

  private ServerSettings settings(int major, Optional<String> address) {
    return settings(major, address, false);
  }

  private ServerSettings settings(int major, Optional<String> address, boolean tlsRequired) {
    return new ServerSettings(
        major,
        "orders",
        address,
        5433,
        address.map(_ -> new ServerTls(Path.of("/d/run/1/server.pem"), tlsRequired)),
        new ServerStorage(true, 10L << 30),
        chosen,
        files);
  }
}
