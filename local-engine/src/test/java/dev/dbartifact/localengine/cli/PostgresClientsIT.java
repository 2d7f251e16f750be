package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.volume.LoopMount;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `psql` and `load` on PostgreSQL.
class PostgresClientsIT extends LaunchedEngineFixture {

  @Test
  void aDumpIsLoadedWhole_orNotAtAll() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    var prod = source();
    var good = Files.writeString(temporary.resolve("good.sql"), "create table t as select 7 as n;");
    var bad =
        Files.writeString(temporary.resolve("bad.sql"), "create table u (n int); select nonsense;");
    for (var as : List.of("master", "admin")) {
      assertThat(launcher("load", "--as", as, "prod", bad.toString())).isEqualTo(1);
      assertThat(said())
          .contains("column \"nonsense\" does not exist", "Nothing was changed")
          .doesNotContain("Exception");
      said.reset();
    }
    assertThat(sql(prod).value("select to_regclass('u')")).isNull();

    assertThat(launcher("load", "prod", good.toString())).as(said()).isZero();
    assertThat(said()).contains("Loaded " + good + " into cluster 'prod'");
    assertThat(sql(prod).value("select n from t")).isEqualTo("7");
  }

  /// As `gunzip -c dump.sql.gz | db-artifact-local load prod /dev/stdin` has it.
  @Test
  void aDumpFromAPipeIsLoadedWhole_orNotAtAll() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    var prod = source();
    assertThat(piped("create table v (n int); select nonsense;")).isEqualTo(1);
    assertThat(said()).contains("column \"nonsense\" does not exist", "Nothing was changed");
    assertThat(sql(prod).value("select to_regclass('v')")).isNull();

    assertThat(piped("create table v as select 7 as n;")).as(said()).isZero();
    assertThat(sql(prod).value("select n from v")).isEqualTo("7");

    assertThat(piped("PGDMP broken")).isEqualTo(1);
    assertThat(said()).contains("pg_restore: error");
  }

  private int piped(String dump) throws Exception {
    return fed(dump, "load", "prod", "/dev/stdin");
  }

  @Test
  void psqlIsTheMasterUsersAndAnswersAsItDoes() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    source();
    assertThat(launcher("psql", "prod", "-At", "-c", "select 7, current_user")).isZero();
    assertThat(said()).isEqualTo("7|shop\n");
    said.reset();
    assertThat(launcher("psql", "prod", "-c", "select nonsense")).isEqualTo(1);
  }

  @Test
  void aFileThatIsNoDumpIsTold() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    source();
    var archive = Files.writeString(temporary.resolve("t.dump"), "PGDMP broken");
    assertThat(launcher("load", "prod", archive.toString())).isEqualTo(1);
    assertThat(said()).contains("pg_restore: error");
    assertThat(launcher("load", "prod", temporary.resolve("none").toString())).isEqualTo(1);
    assertThat(said()).contains("there is no such file");
  }

  /// As from a pg_dump that was killed while it wrote a table.
  @Test
  void aDumpThatWasCutOffIsNotLoaded() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    var prod = source();
    var dump =
        """
        --
        -- PostgreSQL database dump
        --

        CREATE TABLE public.w (n integer);
        COPY public.w (n) FROM stdin;
        1
        """;
    assertThat(piped(dump)).isEqualTo(1);
    assertThat(said())
        .contains("Could not load /dev/stdin into cluster 'prod': a dump of pg_dump begins in it")
        .contains("Nothing was changed");
    var file = Files.writeString(temporary.resolve("cut.sql"), dump);
    assertThat(launcher("load", "prod", file.toString())).isEqualTo(1);
    assertThat(said()).contains("Could not load " + file + ": a dump of pg_dump begins in it");
    assertThat(sql(prod).value("select to_regclass('w')")).isNull();

    var end = "2\n\\.\n\n--\n-- PostgreSQL database dump complete\n--\n\n";
    assertThat(piped(dump + end)).as(said()).isZero();
    assertThat(sql(prod).value("select sum(n) from w")).isEqualTo("3");
  }

  @Test
  void whereTheUsualDatabaseWasDroppedPsqlTakesAnother() throws Exception {
    LoopMount.require("psql", "postgresql-client");
    var prod = source();
    sql(prod).execute("create database orders");
    var orders =
        Sql.at(ServerKind.POSTGRESQL, prod.endpoint(), prod.port(), "shop", PASSWORD, "orders");
    orders.execute("drop database postgres with (force)");

    assertThat(launcher("psql", "prod", "-At", "-c", "select current_database()")).isZero();
    assertThat(said())
        .contains("There is no database 'postgres' here", "without a name this is 'orders'")
        .endsWith("orders\n");
    said.reset();
    assertThat(launcher("psql", "prod", "template1", "-At", "-c", "select 7")).isZero();
    assertThat(said()).isEqualTo("7\n");
  }
}
