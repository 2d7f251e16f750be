package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.mariadb.FileVariables;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a server of MariaDB is told: its settings, its address, its master password.
abstract class AbstractMariaDbSettingsTest extends MariaDbHostFixture {

  @Test
  void settingsAreTakenAtTheStartAndWhereTheyCanChangeLater() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(
        SOURCE,
        listen,
        Map.of("max_connections", "33", "performance_schema", "1", "time_zone", "+02:00"));
    var shop = master(listen);
    assertThat(shop.value("SELECT @@max_connections")).isEqualTo("33");
    assertThat(shop.value("SELECT @@performance_schema")).isEqualTo("1");
    assertThat(shop.value("SELECT @@time_zone")).isEqualTo("+02:00");

    host.reload(
        SOURCE,
        listen,
        Map.of("performance_schema", "0", "sql_mode", "ANSI_QUOTES", "long_query_time", "1.5"));

    assertThat(shop.value("SELECT @@max_connections")).isEqualTo("100");
    assertThat(shop.value("SELECT @@performance_schema")).isEqualTo("1");
    assertThat(shop.value("SELECT @@time_zone")).isEqualTo("+00:00");
    assertThat(shop.value("SELECT @@long_query_time")).startsWith("1.5");
    assertThat(shop.value("SELECT @@global.sql_mode")).isEqualTo("ANSI_QUOTES");
  }

  /// As RDS for MySQL 8.0 and for MariaDB 10.11 call it, with words as RDS has them.
  @ParameterizedTest
  @ValueSource(strings = {"tx_isolation", "transaction_isolation"})
  void theIsolationOfTransactionsCanBeChosen(String name) throws Exception {
    assertThat(host.parameters(ServerKind.MARIADB, version()))
        .filteredOn(each -> each.name().equals(name))
        .extracting(ServerParameter::context)
        .containsExactly("user");
    create(SOURCE);
    var listen = freeAddress();
    var chosen = Map.of("binlog_row_image", "full");
    host.start(SOURCE, listen, chosen);

    host.reload(SOURCE, listen, Map.of(name, "READ-COMMITTED", "binlog_row_image", "noblob"));
    assertThat(master(listen).value("SELECT @@tx_isolation")).isEqualTo("READ-COMMITTED");
    host.stop(SOURCE);
    host.start(SOURCE, listen, Map.of(name, "READ-COMMITTED"));
    assertThat(master(listen).value("SELECT @@tx_isolation")).isEqualTo("READ-COMMITTED");
    host.reload(SOURCE, listen, Map.of());
    assertThat(master(listen).value("SELECT @@tx_isolation")).isEqualTo("REPEATABLE-READ");
  }

  @Test
  void aServerThatRunsSaysWhichValuesItRefusesAndTakesTheOthers() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(SOURCE, listen, Map.of("sql_mode", "ANSI_QUOTES"));
    var shop = master(listen);

    var refused =
        host.reload(
            SOURCE,
            listen,
            Map.of("time_zone", "Mars/Phobos", "sql_mode", "SLOPPY", "max_connections", "44"));

    assertThat(refused).containsOnlyKeys("time_zone", "sql_mode");
    assertThat(refused.get("time_zone")).contains("Mars/Phobos");
    assertThat(shop.value("SELECT @@global.time_zone")).isEqualTo("+00:00");
    assertThat(shop.value("SELECT @@global.sql_mode")).isEqualTo("ANSI_QUOTES");
    assertThat(shop.value("SELECT @@max_connections")).isEqualTo("44");
  }

  @Test
  void aServerSaysWhatItsSettingsAreAndTakesThem() throws Exception {
    var settings = host.parameters(ServerKind.MARIADB, version());

    assertThat(settings)
        .filteredOn(each -> each.name().equals("max_connections"))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.type()).isEqualTo("integer");
          assertThat(each.context()).isEqualTo("user");
        });
    assertThat(settings)
        .filteredOn(each -> each.name().equals("performance_schema"))
        .extracting(ServerParameter::context)
        .containsExactly("postmaster");
    assertThat(settings)
        .filteredOn(each ->
            Set.of("datadir", "port", "bind_address", "innodb_doublewrite").contains(each.name()))
        .hasSize(4)
        .allMatch(each -> each.context().equals("internal"));
    assertThat(host.stored()).isEmpty();
  }

  /// Under whichever of its names: a server writes to every file of the machine that its account
  /// may write to.
  @Test
  void noneThatNamesAFileCanBeChosen() throws Exception {
    var settings = host.parameters(ServerKind.MARIADB, version());

    assertThat(settings)
        .filteredOn(each -> each.value() != null && each.value().contains("/"))
        .extracting(ServerParameter::name)
        .contains("general_log_file", "slow_query_log_file", "basedir", "tmpdir");
    assertThat(settings)
        .filteredOn(each -> !each.context().equals("internal"))
        .filteredOn(each -> each.type().equals("string"))
        .allSatisfy(each -> {
          assertThat(each.value()).as(each.name()).doesNotContain("/");
          assertThat(each.name()).doesNotContainPattern("(file|dir|dirs|path|directory)$");
        });
    assertThat(settings)
        .filteredOn(each -> FileVariables.isOne(each.name()))
        .as("nothing that can be chosen is left out of the settings")
        .extracting(ServerParameter::context)
        .containsOnly("internal");
  }

  /// What a parameter group holds that an engine made which let it.
  @Test
  void noneThatNamesAFileReachesTheServer(@TempDir Path elsewhere) throws Exception {
    Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
    create(SOURCE);
    var listen = freeAddress();
    var everything = Map.of("slow_query_log", "1", "long_query_time", "0");
    host.start(SOURCE, listen, everything);
    var named = new HashMap<>(everything);
    for (var name : List.of("slow_query_log_file", "log_slow_query_file", "general_log_file")) {
      named.put(name, elsewhere.resolve(name).toString());
    }

    host.reload(SOURCE, listen, named);
    master(listen).value("SELECT 1");
    host.stop(SOURCE);
    host.start(SOURCE, listen, named);
    master(listen).value("SELECT 1");

    assertThat(elsewhere).isEmptyDirectory();
  }

  /// What a parameter group holds that an engine made which let it: the server reads the rest of a
  /// long line as another option.
  @Test
  void noValueSmugglesAnotherSettingIn() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    for (var length : List.of(2035, 2036, 2037, 2038, 2039, 2040, 2041, 2042, 2043)) {
      var smuggled = "\\".repeat(length) + "skip_grant_tables=1#";
      host.start(SOURCE, listen, Map.of("init_connect", smuggled, "max_connections", "33"));
      assertThatThrownBy(() -> as(listen, "nobody", "").connect())
          .as("%d", length)
          .hasMessageContaining("Access denied");
      assertThat(master(listen).value("SELECT @@max_connections")).isEqualTo("33");
      host.stop(SOURCE);
    }
  }

  /// No session can have these, which servers may have all the same.
  @ParameterizedTest
  @ValueSource(strings = {"utf16", "ucs2", "utf32"})
  void theEngineGetsInWhateverTheServersCharacterSetIs(String set) throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    var chosen = Map.of("character_set_server", set);
    host.start(SOURCE, listen, chosen);

    host.changeMasterPassword(
        SOURCE, "root", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));
    host.follow(SOURCE, READER, elsewhere(listen), chosen);

    assertThat(host.endOfFollowing(READER)).isEmpty();
    host.unfollow(SOURCE, READER);
  }

  @Test
  void aWrongSettingIsNamedInTheServersWords() throws Exception {
    create(SOURCE);
    assertThatThrownBy(() -> host.start(SOURCE, freeAddress(), Map.of("no_such_setting", "1")))
        .hasMessageContaining("unknown variable 'no_such_setting=1'");
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void anAddressInUseIsSaidToBe() throws Exception {
    create(SOURCE);
    try (var other = new ServerSocket(0, 1, LOOPBACK)) {
      assertThatExceptionOfType(HostException.AddressTaken.class)
          .isThrownBy(() -> host.start(SOURCE, new Listen(LOOPBACK, other.getLocalPort())))
          .withMessageContaining("'source' on 127.0.0.1:" + other.getLocalPort());
    }
    assertThat(host.running(SOURCE)).isFalse();
  }

  @Test
  void aPasswordCanBeChangedWhileNoServerRuns() throws Exception {
    create(SOURCE);
    host.changeMasterPassword(
        SOURCE, "root", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));

    assertThat(host.running(SOURCE)).isFalse();
    var listen = freeAddress();
    host.start(SOURCE, listen);
    assertThat(as(listen, "root", "an0ther").value("SELECT 1")).isEqualTo("1");
  }

  @Test
  void aPasswordChangeReachesOneClusterOnlyAndNoLog() throws Exception {
    create(SOURCE);
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var source = started(SOURCE);
    var listen = freeAddress();
    host.start(CLONE, listen, Map.of("general_log", "1", "max_statement_time", "0.001"));

    host.changeMasterPassword(
        CLONE, "root", Verifier.of(ServerKind.MARIADB, new Secret("an0ther")));

    assertThatThrownBy(() -> master(listen).connect()).hasMessageContaining("Access denied");
    assertThat(as(listen, "root", "an0ther").value("SELECT 1")).isEqualTo("1");
    assertThat(source.value("SELECT 1")).isEqualTo("1");
    var log = dataDirectory.resolve("log").resolve(CLONE.value());
    assertThat(log.resolve("general.log")).content().contains("Connect");
    try (var files = Files.list(log)) {
      for (var file : files.toList()) {
        assertThat(file).content().doesNotContain("an0ther", "ALTER USER");
      }
    }
  }
}
