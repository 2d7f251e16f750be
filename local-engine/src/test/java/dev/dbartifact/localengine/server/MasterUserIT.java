package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a master user can do, and what not, on each major version that is here.
class MasterUserIT extends MasterUserFixture {
  @ParameterizedTest
  @MethodSource("versions")
  void leadsNowhereOutsideOfItsDatabases(String version) throws Exception {
    start(version, Map.of());

    assertAllRefused(MasterUserStatements.REFUSED);
    assertThat(
            shop.value(
                "SELECT string_agg(rolname, ' ' ORDER BY 1) FROM pg_roles"
                    + " WHERE rolsuper AND rolcanlogin"))
        .isEqualTo(major(version) < 16 ? "rdsadmin rdsrepladmin" : "rdsadmin");
    assertThatThrownBy(shop.in("rdsadmin")::connect).hasMessageContaining("rejects connection");
    assertThatThrownBy(this::replicateAll).hasMessageContaining("rejects replication connection");
  }

  private void replicateAll() throws SQLException {
    DriverManager.getConnection(
        "jdbc:postgresql://%s/shop?replication=true&preferQueryMode=simple&assumeMinServerVersion=10"
            .formatted(listen),
        "admin",
        PASSWORD);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void doesWhatRdsLetsItDo(String version) throws Exception {
    start(version, Map.of());

    assertAllDone(MasterUserStatements.ALLOWED);
    assertAllDone(
        MasterUserStatements.EXTENSIONS.stream().map("CREATE EXTENSION "::concat).toList());
    assertAllDone(MasterUserStatements.USES_OF_EXTENSIONS);
    assertThat(outcomes(List.of("SELECT dblink_connect_u('dbname=shop')"))).containsValue(NO_RIGHT);
    if (major(version) >= 15) {
      shop.execute("SET session_replication_role = replica");
    }
  }

  /// Signs that end a literal or mean something to `format`.
  @ParameterizedTest
  @MethodSource("versions")
  void letsUsersOfAnyNameCreateExtensions(String version) throws Exception {
    start(version, Map.of());
    shop.execute(
        "CREATE ROLE \"we%ird'user\" LOGIN PASSWORD 'weird'",
        "GRANT CREATE ON DATABASE shop TO \"we%ird'user\"");
    shop = shop.as("we%ird'user", "weird");
    shop.execute(
        "CREATE SCHEMA own",
        "SET search_path = own",
        "CREATE TABLE item (id int PRIMARY KEY)",
        "CREATE EXTENSION amcheck",
        "CREATE EXTENSION pg_stat_statements",
        "CREATE EXTENSION postgres_fdw",
        "CREATE EXTENSION dblink",
        "SELECT bt_index_check('item_pkey'::regclass)",
        "SELECT pg_stat_statements_reset()",
        "CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'shop')",
        "CREATE SERVER another FOREIGN DATA WRAPPER dblink_fdw OPTIONS (dbname 'shop')");

    assertThat(outcomes(List.of("SELECT own.dblink_connect_u('dbname=shop')")))
        .containsValue(NO_RIGHT);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void readsItsChangesThroughASlotThatNoCloneInherits(String version) throws Exception {
    start(version, Map.of("wal_level", "logical"));
    var made =
        outcomes(
            List.of(
                "SELECT pg_create_logical_replication_slot('loaded', '/tmp/any.so')",
                "SELECT pg_create_logical_replication_slot('changes', 'pgoutput')"));
    assertThat(made.values()).containsExactly(NO_RIGHT, mayReplicate() ? DONE : NO_RIGHT);

    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    assertThat(started(CLONE).value("SELECT count(*) FROM pg_replication_slots")).isEqualTo("0");
  }

  /// Where the server says itself which libraries it loads for a slot.
  private boolean mayReplicate() throws SQLException {
    return major(host.engineVersion(SOURCE)) >= 16
        && shop.value("SELECT current_setting('output_plugin_libraries', true)") != null;
  }
}
