package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a master user can do, and what not, on each major version that is here.
class MasterUserIT extends HostFixture {
  /// SQLSTATE `insufficient_privilege`.
  private static final String NO_RIGHT = "42501";

  /// SQLSTATE `reserved_name`.
  private static final String RESERVED_NAME = "42939";

  /// SQLSTATE `successful_completion`.
  private static final String DONE = "00000";

  /// Each leads to the machine, to other clusters on it, or to a superuser.
  private static final List<String> REFUSED =
      List.of(
          "COPY (SELECT 1) TO PROGRAM 'cat'",
          "COPY item FROM PROGRAM 'echo 1'",
          "COPY item TO '/tmp/stolen'",
          "COPY item FROM '/etc/passwd'",
          "SELECT lo_import('/etc/passwd')",
          "SELECT lo_export(1, '/tmp/stolen')",
          "SELECT pg_read_file('/etc/passwd')",
          "SELECT pg_read_binary_file('/etc/passwd')",
          "SELECT pg_stat_file('/etc/passwd')",
          "SELECT pg_ls_dir('/')",
          "SELECT * FROM pg_hba_file_rules",
          "GRANT pg_execute_server_program TO admin",
          "GRANT pg_read_server_files TO admin",
          "GRANT pg_write_server_files TO admin",
          "CREATE ROLE thief IN ROLE pg_execute_server_program",
          "SET ROLE pg_execute_server_program",
          "SET SESSION AUTHORIZATION pg_execute_server_program",
          "DROP ROLE pg_execute_server_program",
          "CREATE ROLE thief SUPERUSER",
          "CREATE ROLE thief BYPASSRLS",
          "ALTER ROLE admin SUPERUSER",
          "ALTER ROLE admin BYPASSRLS",
          "GRANT rdsadmin TO admin",
          "SET ROLE rdsadmin",
          "SET SESSION AUTHORIZATION rdsadmin",
          "ALTER ROLE rdsadmin PASSWORD 'known'",
          "ALTER ROLE rdsadmin RENAME TO other",
          "ALTER ROLE rdsadmin SET search_path = public",
          "ALTER ROLE ALL SET search_path = public",
          "DROP ROLE rdsadmin",
          "GRANT rdsrepladmin TO admin",
          "SET ROLE rdsrepladmin",
          "ALTER ROLE rdsrepladmin PASSWORD 'known'",
          "CREATE ROLE thief IN ROLE rdsrepladmin",
          "REASSIGN OWNED BY rdsadmin TO admin",
          "DROP OWNED BY rdsadmin",
          "UPDATE pg_authid SET rolsuper = true",
          "INSERT INTO pg_auth_members SELECT * FROM pg_auth_members",
          "UPDATE pg_proc SET prosecdef = true",
          "SET allow_system_table_mods = on",
          "SET session_preload_libraries = 'auto_explain'",
          "ALTER DATABASE shop SET session_preload_libraries = 'auto_explain'",
          "LOAD 'auto_explain'",
          "ALTER SYSTEM SET archive_command = 'cat'",
          "SELECT pg_reload_conf()",
          "CREATE TABLESPACE elsewhere LOCATION '/tmp'",
          "CREATE FUNCTION sh(text) RETURNS int LANGUAGE c AS 'libc.so.6', 'system'",
          "CREATE FUNCTION builtin(text) RETURNS int LANGUAGE internal AS 'int4in'",
          "CREATE FOREIGN DATA WRAPPER files",
          "CREATE EVENT TRIGGER every ON ddl_command_end EXECUTE FUNCTION suppress_redundant_updates_trigger()",
          "CREATE EXTENSION file_fdw",
          "CREATE EXTENSION pg_surgery",
          "CREATE EXTENSION xml2",
          "ALTER DATABASE template1 OWNER TO admin",
          "ALTER DATABASE rdsadmin OWNER TO admin",
          "DROP DATABASE rdsadmin",
          "CREATE DATABASE mine TEMPLATE rdsadmin");

  private static final List<String> ALLOWED =
      List.of(
          "CREATE ROLE app LOGIN PASSWORD 'app' VALID UNTIL 'infinity'",
          "GRANT rds_superuser, rds_replication, rds_password, rds_iam, pg_monitor TO app",
          "REVOKE rds_iam FROM app",
          "ALTER ROLE app SET statement_timeout = '5s'",
          "GRANT ALL ON ALL TABLES IN SCHEMA public TO app",
          "REVOKE ALL ON ALL TABLES IN SCHEMA public FROM app",
          "DROP ROLE app",
          "ALTER ROLE admin PASSWORD '" + PASSWORD.replace("'", "''") + "'",
          "CREATE DATABASE second",
          "DROP DATABASE second",
          "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
              + " AND usename = current_user",
          "CREATE PUBLICATION news FOR TABLE item");

  /// Beyond those that PostgreSQL trusts everybody with.
  private static final List<String> EXTENSIONS =
      List.of(
          "amcheck",
          "autoinc",
          "bloom",
          "dblink",
          "dict_xsyn",
          "cube",
          "earthdistance",
          "insert_username",
          "intagg",
          "moddatetime",
          "pageinspect",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_prewarm",
          "pg_stat_statements",
          "pg_visibility",
          "pgrowlocks",
          "pgstattuple",
          "postgres_fdw",
          "refint",
          "sslinfo");

  private static final List<String> USES_OF_EXTENSIONS =
      List.of(
          "SELECT bt_index_check('item_pkey'::regclass)",
          "SELECT count(*) FROM pg_buffercache",
          "SELECT pg_prewarm('item')",
          "SELECT * FROM pgstattuple('item')",
          "SELECT * FROM pg_visibility('item')",
          "SELECT * FROM pgrowlocks('item')",
          "SELECT ssl_is_used()",
          "SELECT query FROM pg_stat_statements",
          "SELECT pg_stat_statements_reset()",
          "CREATE SERVER other FOREIGN DATA WRAPPER postgres_fdw OPTIONS (dbname 'shop')",
          "CREATE SERVER another FOREIGN DATA WRAPPER dblink_fdw OPTIONS (dbname 'shop')");

  private Listen listen;
  private Sql shop;

  /// Where storage can share blocks it does: each test makes a database, and a copy takes seconds.
  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  /// The newest of each major one.
  List<String> versions() {
    return List.copyOf(
        host.installedVersions().stream()
            .collect(
                Collectors.toMap(
                    MasterUserIT::major, each -> each, (newest, _) -> newest, TreeMap::new))
            .values());
  }

  private static int major(String version) {
    return Integer.parseInt(version.split("\\.")[0]);
  }

  private void start(String version, Map<String, String> parameters) throws Exception {
    host.create(
        SOURCE, new NewDatabase(version, "admin", new Secret(PASSWORD), Optional.of("shop")));
    listen = freeAddress();
    host.start(SOURCE, listen, parameters);
    shop = new Sql(listen, "admin", PASSWORD, "shop");
    shop.execute("CREATE TABLE item (id int PRIMARY KEY)");
  }

  @ParameterizedTest
  @MethodSource("versions")
  void leadsNowhereOutsideOfItsDatabases(String version) throws Exception {
    start(version, Map.of());

    assertThat(outcomes(REFUSED))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isIn(NO_RIGHT, RESERVED_NAME));
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

    assertThat(outcomes(ALLOWED))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isEqualTo(DONE));
    assertThat(outcomes(EXTENSIONS.stream().map("CREATE EXTENSION "::concat).toList()))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isEqualTo(DONE));
    assertThat(outcomes(USES_OF_EXTENSIONS))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isEqualTo(DONE));
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

  @ParameterizedTest
  @MethodSource("versions")
  void cannotTakeFromTheEngineWhatItNeeds(String version) throws Exception {
    start(version, Map.of());
    shop.execute("DROP DATABASE postgres");
    assertThat(outcomes(List.of("DROP OWNED BY rds_superuser", "DROP ROLE rds_superuser")))
        .containsEntry("DROP ROLE rds_superuser", "2BP01");
    shop.execute(
        "ALTER ROLE rds_superuser RENAME TO mine",
        "ALTER DATABASE shop SET default_transaction_read_only = on",
        "ALTER DATABASE shop CONNECTION LIMIT 0");

    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    host.changeMasterPassword(
        SOURCE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("an0ther")));
    host.reload(SOURCE, listen, Map.of("work_mem", "8192"));
    host.stop(SOURCE);
    host.start(SOURCE, listen);
    host.start(CLONE, freeAddress());
  }

  /// See "Master user account privileges" in the Aurora User Guide.
  @ParameterizedTest
  @MethodSource("versions")
  void getsItsRightsBackWithANewPassword(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("REVOKE rds_superuser FROM admin");
    asSuperuser("ALTER ROLE admin NOCREATEROLE NOCREATEDB NOLOGIN CONNECTION LIMIT 0");

    setPassword(PASSWORD);

    assertThat(outcomes(ALLOWED))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isEqualTo(DONE));
    assertThat(outcomes(REFUSED))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isIn(NO_RIGHT, RESERVED_NAME));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void isMadeAgainWithANewPasswordWhereItIsGone(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("ALTER ROLE admin RENAME TO former");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);

    setPassword("an0ther");
    host.changeMasterPassword(
        CLONE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret("th1rd")));

    assertThat(shop.value("SELECT pg_has_role('rds_superuser', 'member')")).isEqualTo("t");
    shop.execute("CREATE ROLE app LOGIN PASSWORD 'app'", "CREATE DATABASE second");
    host.start(CLONE, freeAddress());
  }

  private void setPassword(String password) throws Exception {
    host.changeMasterPassword(
        SOURCE, "admin", Verifier.of(ServerKind.POSTGRESQL, new Secret(password)));
    shop = shop.as("admin", password);
  }

  /// What an engine made that knew nothing of the fence.
  @ParameterizedTest
  @MethodSource("versions")
  void isFencedInAtTheNextStartOfAnOlderDatabase(String version) throws Exception {
    start(version, Map.of());
    asSuperuser("DROP DATABASE rdsadmin");
    if (major(version) < 16) {
      asSuperuser("UPDATE pg_authid SET rolsuper = false WHERE rolname LIKE 'pg%'");
      shop.execute("GRANT pg_execute_server_program TO admin", "COPY item FROM PROGRAM 'echo 1'");
    }
    shop.execute("DROP DATABASE postgres");
    host.stop(SOURCE);
    Files.delete(volume(SOURCE).resolve("foundation"));

    host.start(SOURCE, listen);

    assertThat(outcomes(REFUSED))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isIn(NO_RIGHT, RESERVED_NAME));
    assertThat(shop.value("SELECT datdba::regrole FROM pg_database WHERE datname = 'rdsadmin'"))
        .isEqualTo("rdsadmin");
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
  }

  private void asSuperuser(String sql) throws IOException {
    Program.run(
        "psql",
        "--host=" + AdminLogin.socketDirectory(dataDirectory, SOURCE.value()),
        "--port=" + listen.port(),
        "--username=" + AdminLogin.USER,
        "--dbname=template1",
        "--command=" + sql);
  }

  /// The SQLSTATE that each statement ends with, by statement.
  private Map<String, String> outcomes(List<String> statements) throws SQLException {
    var outcomes = new LinkedHashMap<String, String>();
    try (var connection = shop.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        try {
          statement.execute(sql);
          outcomes.put(sql, DONE);
        } catch (SQLException e) {
          outcomes.put(sql, e.getSQLState());
        }
      }
    }
    return outcomes;
  }
}
