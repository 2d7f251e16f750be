package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What servers of Aurora answer in SQL, in every database, to everybody.
class AuroraFunctionsIT extends HostFixture {

  private static final StorageId READER = new StorageId("reader-1");
  private static final String SESSION = "3e3c5044-02e2-11e7-b70d-95172646d6ca";
  private static final String EVERYTHING =
      "SELECT aurora_version() || ' ' || aurora_db_instance_identifier()";
  private static final String STATUS =
      "SELECT string_agg(server_id || ' ' || session_id, ', ' ORDER BY server_id) FROM aurora_replica_status()";
  private static final String OF_READER =
      " FROM aurora_replica_status() WHERE server_id = 'shop-2'";

  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  private static Topology pair(String instance) {
    return new Topology(
        "17.4.0",
        instance,
        List.of(
            Topology.Member.writer("shop-1"), Topology.Member.reader("shop-2", SESSION, READER)));
  }

  private Sql auroraCluster() throws Exception {
    host.create(
        SOURCE,
        new NewDatabase(
            ServerKind.POSTGRESQL,
            version(),
            "admin",
            new Secret(PASSWORD),
            true,
            Optional.of("shop")));
    return startAurora(SOURCE);
  }

  private Sql startAurora(StorageId id) throws Exception {
    var listen = freeAddress();
    host.start(id, listen, Map.of(), Optional.of(pair("shop-1")));
    return new Sql(listen, "admin", PASSWORD, "shop");
  }

  @Test
  void everyDatabaseHasThem_alsoThoseToCome() throws Exception {
    var shop = auroraCluster();
    shop.execute("CREATE DATABASE later", "CREATE DATABASE restored TEMPLATE template0");

    for (var database : List.of("shop", "postgres", "later", "restored")) {
      assertThat(shop.in(database).value(EVERYTHING)).as(database).isEqualTo("17.4.0 shop-1");
      assertThat(shop.in(database).value(STATUS))
          .isEqualTo("shop-1 MASTER_SESSION_ID, shop-2 " + SESSION);
    }
    assertThat(shop.value("SELECT datallowconn FROM pg_database WHERE datname = 'template0'"))
        .isEqualTo("f");
  }

  @Test
  void everybodyMayAsk_andNobodyReadsMoreOrChangesThem() throws Exception {
    var shop = auroraCluster();
    shop.execute("CREATE ROLE guest LOGIN PASSWORD '" + "guest-password" + "'");
    var guest = shop.as("guest", "guest-password");

    assertThat(guest.value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
    assertThat(guest.value("SELECT count(*) FROM pg_catalog.aurora_replica_status()"))
        .isEqualTo("2");
    assertThatThrownBy(() -> guest.value("SELECT pg_read_file('PG_VERSION')"))
        .hasMessageContaining("permission denied");
    for (var change :
        List.of(
            "CREATE OR REPLACE FUNCTION pg_catalog.aurora_version() RETURNS text LANGUAGE sql AS $$ SELECT '' $$",
            "DROP FUNCTION pg_catalog.aurora_version()",
            "ALTER FUNCTION pg_catalog.aurora_version() RESET search_path",
            "CREATE FUNCTION pg_catalog.pg_read_file(text, int, int, boolean) RETURNS text LANGUAGE sql AS $$ SELECT '' $$")) {
      assertThatThrownBy(() -> shop.execute(change))
          .hasMessageMatching("(?s).*(owner|permission).*");
    }
  }

  @Test
  void whatUsersPutInTheWayOfNamesMisleadsNobody() throws Exception {
    var shop = auroraCluster();
    shop.execute(
        "CREATE FUNCTION public.regexp_replace(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT '/etc/hosts' $$",
        "CREATE FUNCTION public.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT '/etc/' $$",
        "ALTER DATABASE shop SET search_path = public, pg_catalog");

    assertThat(shop.value("SELECT current_setting('port')")).isEqualTo("/etc/");
    assertThat(shop.value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
    assertThat(shop.value("SELECT count(*) FROM aurora_replica_status()")).isEqualTo("2");
  }

  @Test
  void theWriterKnowsHowFarItsReadersAre() throws Exception {
    var writer = auroraCluster();
    var elsewhere = elsewhere(writer.listen());
    host.follow(SOURCE, READER, elsewhere, Map.of(), Optional.of(pair("shop-2")));
    var reader = new Sql(elsewhere, "admin", PASSWORD, "shop");

    assertThat(reader.value(EVERYTHING)).isEqualTo("17.4.0 shop-2");
    writer.execute("CREATE TABLE orders AS SELECT generate_series(1, 1000) AS id");
    awaitValue(
        writer,
        "SELECT replica_lag_in_msec IS NOT NULL AND replica_lag_in_msec < 5000" + OF_READER,
        "t");
    assertThat(
            writer.value("SELECT last_update_timestamp > now() - interval '1 minute'" + OF_READER))
        .isEqualTo("t");
    awaitValue(reader, "SELECT replica_lag_in_msec" + OF_READER, "0");
    assertThat(reader.value("SELECT last_update_timestamp IS NULL AND durable_lsn > 0" + OF_READER))
        .isEqualTo("t");
    assertThat(
            reader.value(
                "SELECT last_update_timestamp > now() - interval '1 minute' FROM aurora_replica_status() WHERE session_id = 'MASTER_SESSION_ID'"))
        .isEqualTo("t");
  }

  @Test
  void whatChangesIsToldAtOnce() throws Exception {
    var writer = auroraCluster();

    host.tell(
        SOURCE, new Topology("17.5.0", "renamed", List.of(Topology.Member.writer("renamed"))));

    assertThat(writer.value(EVERYTHING)).isEqualTo("17.5.0 renamed");
    assertThat(writer.value(STATUS)).isEqualTo("renamed MASTER_SESSION_ID");
  }

  @Test
  void aCloneTellsOfItself() throws Exception {
    auroraCluster();
    host.copy(SOURCE, CLONE, CloneKind.COPY_ON_WRITE);
    var listen = freeAddress();
    var alone = new Topology("17.4.0", "copy-1", List.of(Topology.Member.writer("copy-1")));

    host.start(CLONE, listen, Map.of(), Optional.of(alone));

    var copy = new Sql(listen, "admin", PASSWORD, "shop");
    assertThat(copy.value(EVERYTHING)).isEqualTo("17.4.0 copy-1");
  }

  @Test
  void driversTellAuroraByASetting() throws Exception {
    var shop = auroraCluster();
    // As AWS's drivers ask.
    var question =
        "SELECT (setting LIKE '%aurora_stat_utils%') AS aurora_stat_utils FROM pg_settings WHERE name='rds.extensions'";

    assertThat(shop.value(question)).isEqualTo("t");
    assertThat(shop.value("SHOW rds.extensions")).contains("pg_stat_statements", "pgcrypto");
    shop.execute("UPDATE pg_settings SET setting = '8MB' WHERE name = 'work_mem'");
    assertThat(shop.value("SELECT count(*) - count(DISTINCT name) FROM pg_settings"))
        .isEqualTo("0");
  }

  @Test
  void aClusterOfAnOlderEngineGetsThemAtItsNextStart() throws Exception {
    var former = started(create(SOURCE));
    former.execute("CREATE DATABASE closed", "ALTER DATABASE closed ALLOW_CONNECTIONS false");
    assertThatThrownBy(() -> former.value(EVERYTHING)).hasMessageContaining("does not exist");
    host.stop(SOURCE);

    var shop = startAurora(SOURCE);

    assertThat(shop.value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
    assertThat(shop.value("SELECT datallowconn FROM pg_database WHERE datname = 'closed'"))
        .isEqualTo("f");
    shop.execute("ALTER DATABASE closed ALLOW_CONNECTIONS true");
    assertThat(shop.in("closed").value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
  }

  /// None of these may make the engine somebody else, or keep it out.
  @Test
  void settingsOfDatabasesDoNotKeepTheEngineOut() throws Exception {
    var former = started(create(SOURCE));
    former.execute(
        "CREATE ROLE app",
        "CREATE DATABASE second",
        "CREATE DATABASE third",
        "ALTER DATABASE shop SET role = 'app'",
        "ALTER DATABASE second SET local_preload_libraries = 'nix'",
        "ALTER DATABASE third SET session_authorization = 'app'",
        "ALTER DATABASE third SET default_transaction_read_only = on");
    if (Integer.parseInt(version().split("\\.")[0]) >= 17) {
      former.execute("ALTER DATABASE third SET transaction_timeout = '1ms'");
    }
    host.stop(SOURCE);

    var admin = startAurora(SOURCE).in("postgres");

    for (var database : List.of("shop", "second", "third")) {
      admin.execute("ALTER DATABASE %s RESET ALL".formatted(database));
      assertThat(admin.in(database).value(EVERYTHING)).as(database).isEqualTo("17.4.0 shop-1");
    }
  }

  @Test
  void aDatabaseThatIsBrokenHoldsUpNobody() throws Exception {
    var former = started(create(SOURCE));
    former.execute("CREATE DATABASE broken", "CREATE DATABASE sound");
    var files = former.value("SELECT 'base/' || oid FROM pg_database WHERE datname = 'broken'");
    host.stop(SOURCE);
    var folder = volume(SOURCE).resolve("pgdata").resolve(files);
    var aside = folder.resolveSibling("aside");
    Files.move(folder, aside);

    var shop = startAurora(SOURCE);

    assertThat(shop.value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
    assertThat(shop.in("sound").value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
    host.stop(SOURCE);
    Files.move(aside, folder);
    assertThat(startAurora(SOURCE).in("broken").value(EVERYTHING)).isEqualTo("17.4.0 shop-1");
  }

  @Test
  void whatAnEngineHasOpenedThatEndedIsClosed() throws Exception {
    var former = started(create(SOURCE));
    former.execute("CREATE DATABASE closed");
    host.stop(SOURCE);
    Files.writeString(volume(SOURCE).resolve("opened"), "closed");

    var shop = startAurora(SOURCE);

    assertThat(
            shop.value(
                "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database WHERE NOT datallowconn"))
        .isEqualTo("closed template0");
    assertThat(volume(SOURCE).resolve("opened")).doesNotExist();
  }

  @Test
  void otherServersHaveNone() throws Exception {
    var plain = started(create(SOURCE));

    assertThatThrownBy(() -> plain.value(EVERYTHING)).hasMessageContaining("does not exist");
    assertThat(plain.value("SELECT count(*) FROM pg_settings WHERE name LIKE 'rds.%'"))
        .isEqualTo("0");
  }
}
