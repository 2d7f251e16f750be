package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Data that are brought to another major version: everything that users have, and nothing that
/// they must not get.
class MajorUpgradeIT extends HostFixture {

  private static final String OLD = "15";

  /// A database that nobody may enter, nor do anything with, until its owner grants that again.
  private static final String CLOSED = "other='x' \\\\";

  /// What is the same before and after, but for the privilege MAINTAIN, which PostgreSQL 17 gives
  /// to those who have all.
  private static final Map<String, List<String>> QUESTIONS =
      Map.of(
          "shop",
          List.of(
              "SELECT count(*) || ' ' || sum(id) || ' ' || md5(string_agg(note, '' ORDER BY id)) FROM orders",
              "SELECT nextval('orders_id_seq') > 1000",
              "SELECT total(2)",
              "SELECT convert_from(lo_get(4711), 'UTF8') || ' ' || pg_get_userbyid(lomowner) FROM pg_largeobject_metadata WHERE oid = 4711",
              "SELECT string_agg(relname || relkind::text || pg_get_userbyid(relowner) || coalesce(replace(relacl::text, 'arwdDxtm', 'arwdDxt'), ''), ' ' ORDER BY relname COLLATE \"C\") FROM pg_class WHERE relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'Stock \"A\"')) AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')",
              "SELECT string_agg(nspname || pg_get_userbyid(nspowner) || coalesce(nspacl::text, ''), ' ' ORDER BY nspname) FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
              "SELECT string_agg(extname || pg_get_userbyid(extowner) || extnamespace::regnamespace::text, ' ' ORDER BY extname) FROM pg_extension WHERE extname <> 'plpgsql'",
              "SELECT string_agg(pubname || pg_get_userbyid(pubowner) || prrelid::regclass::text, ' ') FROM pg_publication p JOIN pg_publication_rel ON prpubid = p.oid",
              "SELECT count(*) FROM pg_stat_statements_info",
              "SELECT string_agg(conname || pg_get_constraintdef(oid), ' ' ORDER BY conname) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
              "SELECT string_agg(indexdef, ' ' ORDER BY indexname) FROM pg_indexes WHERE schemaname = 'public'",
              "SELECT string_agg(polname || pg_get_expr(polqual, polrelid), ' ') FROM pg_policy",
              "SELECT count(*) FROM dear",
              "SELECT current_setting('work_mem') || current_setting('search_path')",
              "SELECT string_agg(attributes::text, ',' ORDER BY attributes::text) FROM \"Stock \"\"A\"\"\".item"),
          "postgres",
          List.of(
              "SELECT string_agg(datname || pg_get_userbyid(datdba) || CASE WHEN datacl IS NULL THEN 'default' ELSE (SELECT coalesce(string_agg(a::text, ',' ORDER BY a::text), 'nobody') FROM unnest(datacl) AS a) END || coalesce(shobj_description(oid, 'pg_database'), '') || pg_encoding_to_char(encoding) || datcollate || datconnlimit::text || datistemplate::text, ' ' ORDER BY datname) FROM pg_database WHERE datname NOT IN ('rdsadmin', 'template0')",
              "SELECT string_agg(rolname || rolsuper::text || rolinherit::text || rolcreaterole::text || rolcreatedb::text || rolcanlogin::text || rolconnlimit::text || coalesce(rolvaliduntil::text, '') || coalesce(array_to_string(s.setconfig, ','), '') || coalesce(shobj_description(r.oid, 'pg_authid'), ''), ' ' ORDER BY rolname) FROM pg_roles r LEFT JOIN pg_db_role_setting s ON s.setrole = r.oid AND s.setdatabase = 0 WHERE rolname !~ '^(pg_|rds)'",
              "SELECT string_agg(roleid::regrole::text || ' ' || member::regrole::text || admin_option::text, ', ' ORDER BY roleid::regrole::text, member::regrole::text) FROM pg_auth_members WHERE NOT (roleid::regrole::text ~ '^(pg_|rds)' AND member::regrole::text ~ '^(pg_|rds)')"));

  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  @BeforeEach
  void twoMajorVersions() {
    Prerequisites.require(
        host.installedVersions().stream().anyMatch(each -> each.startsWith(OLD + "."))
            && host.majorUpgrades().possible(OLD, version()),
        "There is no PostgreSQL " + OLD + " to upgrade from; Debian 12 has it.");
  }

  private Sql old() throws Exception {
    host.create(
        SOURCE,
        new NewDatabase(
            ServerKind.POSTGRESQL, OLD, "admin", new Secret(PASSWORD), true, Optional.of("shop")));
    return serve(SOURCE);
  }

  private Sql serve(StorageId id) throws Exception {
    var listen = freeAddress();
    host.start(
        id,
        listen,
        Map.of(),
        Optional.of(new Topology("17.4.0", "shop-1", List.of(Topology.Member.writer("shop-1")))));
    return new Sql(listen, "admin", PASSWORD, "shop");
  }

  private static void fill(Sql shop) throws Exception {
    shop.execute(
        "CREATE ROLE \"Ada \"\"L\"\"\" LOGIN PASSWORD 'first-programmer' CONNECTION LIMIT 7",
        "CREATE ROLE staff NOLOGIN ADMIN \"Ada \"\"L\"\"\"",
        "GRANT staff TO admin",
        "GRANT \"Ada \"\"L\"\"\" TO admin",
        "GRANT pg_monitor TO staff",
        "ALTER ROLE staff SET search_path = \"$user\", 'od;d', public",
        "ALTER ROLE staff IN DATABASE shop SET work_mem = '5MB'",
        "COMMENT ON ROLE staff IS 'who''s who'",
        "CREATE ROLE system_user",
        "CREATE TABLE orders (id serial PRIMARY KEY, note text, CHECK (id > 0))",
        "INSERT INTO orders (note) SELECT md5(i::text) FROM generate_series(1, 1000) AS i",
        "CREATE INDEX ON orders (upper(note))",
        "CREATE FUNCTION total(factor int) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT factor * sum(id) FROM orders); END $$",
        "CREATE VIEW dear AS SELECT * FROM orders WHERE total(1) > 0",
        "CREATE MATERIALIZED VIEW dearest AS SELECT * FROM orders WHERE id > 10",
        "CREATE TABLE lines (order_id int REFERENCES orders, amount int GENERATED ALWAYS AS (order_id * 2) STORED)",
        "INSERT INTO lines SELECT id FROM orders",
        "ALTER TABLE lines ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY own ON lines USING (order_id < 5)",
        "GRANT SELECT ON orders TO staff WITH GRANT OPTION",
        "REVOKE INSERT ON orders FROM admin",
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO staff",
        "SELECT lo_from_bytea(4711, 'a large object')",
        "ALTER DATABASE shop SET work_mem = '7MB'",
        "ALTER DATABASE shop CONNECTION LIMIT 9",
        "CREATE EXTENSION pg_stat_statements",
        "CREATE SCHEMA \"Stock \"\"A\"\"\" AUTHORIZATION \"Ada \"\"L\"\"\"",
        "CREATE EXTENSION hstore SCHEMA \"Stock \"\"A\"\"\"",
        "CREATE TABLE \"Stock \"\"A\"\"\".item (attributes \"Stock \"\"A\"\"\".hstore)",
        "ALTER TABLE \"Stock \"\"A\"\"\".item OWNER TO \"Ada \"\"L\"\"\"",
        "INSERT INTO \"Stock \"\"A\"\"\".item SELECT \"Stock \"\"A\"\"\".hstore('n', i::text) FROM generate_series(1, 9) AS i",
        "CREATE DATABASE \"%s\" OWNER \"Ada \"\"L\"\"\" ENCODING LATIN1 LOCALE 'C' TEMPLATE template0"
            .formatted(CLOSED),
        "REVOKE ALL ON DATABASE \"%s\" FROM PUBLIC, \"Ada \"\"L\"\"\"".formatted(CLOSED),
        "REVOKE CONNECT ON DATABASE shop FROM PUBLIC",
        "GRANT CONNECT, CREATE ON DATABASE shop TO \"Ada \"\"L\"\"\"",
        "COMMENT ON DATABASE shop IS 'what''s sold'");
    shop.as("Ada \"L\"", "first-programmer")
        .execute(
            "CREATE EXTENSION citext",
            "CREATE PUBLICATION stock FOR TABLE \"Stock \"\"A\"\"\".item");
    // She keeps what she could not make any more.
    shop.execute("REVOKE CREATE ON DATABASE shop FROM \"Ada \"\"L\"\"\"");
  }

  private static List<String> answers(Sql shop) {
    return QUESTIONS.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(each ->
            each.getValue().stream().map(question -> answer(shop.in(each.getKey()), question)))
        .toList();
  }

  private static String answer(Sql sql, String question) {
    try {
      return question + "\n" + sql.value(question);
    } catch (Exception e) {
      throw new AssertionError(question, e);
    }
  }

  @Test
  void everythingComesAlong_andPasswordsDo() throws Exception {
    var shop = old();
    fill(shop);
    assertThat(host.majorUpgrades().problems(SOURCE, version())).isEmpty();
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var before = answers(shop);

    host.majorUpgrades().run(CLONE, version(), List.of());
    assertThat(host.running(CLONE)).isFalse();
    var after = serve(CLONE);

    assertThat(after.value("SHOW server_version")).isEqualTo(version());
    assertThat(answers(after)).isEqualTo(before);
    assertThat(after.value("SELECT aurora_version()")).isEqualTo("17.4.0");
    assertThat(
            after
                .in("postgres")
                .value("SELECT count(*) FROM pg_roles WHERE rolname = 'rdsupgrade'"))
        .isEqualTo("0");
    var ada = after.as("Ada \"L\"", "first-programmer");
    assertThat(ada.value("SELECT current_user")).isEqualTo("Ada \"L\"");
    assertThat(ada.in(CLOSED).isTaken()).as("she kept herself out").isFalse();
    ada.execute("GRANT CONNECT ON DATABASE \"%s\" TO CURRENT_USER".formatted(CLOSED));
    assertThat(ada.in(CLOSED).value("SELECT current_database()")).isEqualTo(CLOSED);
    assertThat(shop.value("SHOW server_version")).startsWith(OLD);
    assertThat(host.stored()).containsExactlyInAnyOrder(SOURCE, CLONE);
    assertThat(host.engineVersion(CLONE)).isEqualTo(version());
  }

  @Test
  void whatUsersCheckRunsWithoutTheRightsOfTheSuperuser() throws Exception {
    var shop = old();
    shop.execute(
        "CREATE FUNCTION ok(i int) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN IF (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN RAISE 'as superuser'; END IF; RETURN true; END $$",
        "CREATE DOMAIN checked AS int CHECK (ok(VALUE))",
        "CREATE TABLE t (a int CHECK (ok(a)), b checked)",
        "INSERT INTO t VALUES (1, 2)");

    host.majorUpgrades().run(SOURCE, version(), List.of());

    assertThat(serve(SOURCE).value("SELECT a + b FROM t")).isEqualTo("3");
  }

  @Test
  void whatTheNewVersionDoesNotTakeLeavesAllAsItWas() throws Exception {
    var shop = old();
    shop.execute("CREATE VIEW load AS SELECT buffers_backend FROM pg_stat_bgwriter");

    assertThatThrownBy(() -> host.majorUpgrades().run(SOURCE, version(), List.of()))
        .hasMessageContaining("column pg_stat_bgwriter.buffers_backend does not exist");

    assertThat(host.running(SOURCE)).isFalse();
    var again = serve(SOURCE);
    assertThat(again.value("SHOW server_version")).startsWith(OLD);
    assertThat(again.value("SELECT count(*) FROM load")).isEqualTo("1");
    assertThat(host.logs(SOURCE))
        .filteredOn(each -> each.name().startsWith("pg_upgrade_internal.log."))
        .singleElement()
        .satisfies(log ->
            assertThat(new String(log.read(0, 1 << 20)))
                .contains("buffers_backend", "The upgrade failed."));
    assertThat(volume(new StorageId("source")).resolveSibling("source.next")).doesNotExist();
  }

  @Test
  void aDatabaseThatWasClosedAfterTheChecksIsNotLost() throws Exception {
    var shop = old();
    shop.execute("CREATE DATABASE hr");
    assertThat(host.majorUpgrades().problems(SOURCE, version())).isEmpty();
    shop.execute("ALTER DATABASE hr ALLOW_CONNECTIONS false");

    assertThatThrownBy(() -> host.majorUpgrades().run(SOURCE, version(), List.of()))
        .hasMessageContaining("Databases do not allow connections. Allow them: [\"hr\"]");

    var again = serve(SOURCE);
    assertThat(again.value("SHOW server_version")).startsWith(OLD);
    assertThat(again.value("SELECT count(*) FROM pg_database WHERE datname = 'hr'")).isEqualTo("1");
  }

  @Test
  void whatIsKnownToBeInTheWayIsToldBefore() throws Exception {
    var shop = old();
    shop.execute(
        "CREATE EXTENSION old_snapshot",
        "CREATE TABLE t (a regproc, b regclass)",
        "CREATE FUNCTION ok(i int) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$",
        "CREATE DOMAIN checked AS int CHECK (ok(VALUE))",
        "CREATE TABLE p (a checked) PARTITION BY LIST (a)");

    assertThat(host.majorUpgrades().problems(SOURCE, version()))
        .singleElement()
        .asString()
        .contains("in the database 'shop'")
        .contains("The [\"regproc\"] data types are used in user tables")
        .contains("Drop the following extensions from your database: [\"old_snapshot\"]")
        .contains("[\"public.p\"]");
  }
}
