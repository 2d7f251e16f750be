package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.ServerKind;
import dev.dbartifact.localengine.server.Sql;
import dev.dbartifact.localengine.volume.LoopMount;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBCluster;

/// `psql` and `load` on MariaDB.
class MariaDbClientsIT extends LaunchedEngineFixture {

  private DBCluster my;

  @BeforeEach
  void makeCluster() throws Exception {
    LoopMount.require("mariadbd", "mariadb-server-core");
    LoopMount.require("mariadb", "mariadb-client-core");
    rds.createDBCluster(r ->
        r.dbClusterIdentifier("my")
            .engine("aurora-mysql")
            .databaseName("shop")
            .masterUsername("shop")
            .masterUserPassword(PASSWORD));
    rds.createDBInstance(r ->
        r.dbInstanceIdentifier("my-1")
            .dbClusterIdentifier("my")
            .dbInstanceClass("db.r6g.large")
            .engine("aurora-mysql"));
    await("my", () -> isAvailable("my"));
    my = describe("my");
  }

  private String value(String query) throws Exception {
    return Sql.at(ServerKind.MARIADB, my.endpoint(), my.port(), "shop", PASSWORD, "shop")
        .value(query);
  }

  @Test
  void psqlIsMariadbThere_andAnswersAsItDoes() throws Exception {
    assertThat(launcher("psql", "my", "shop", "-N", "-e", "select 7, database()")).isZero();
    assertThat(said()).isEqualTo("7\tshop\n");
    said.reset();
    assertThat(launcher("psql", "my", "-N", "-e", "show status like 'Ssl_version'")).isZero();
    assertThat(said()).contains("TLSv1");
    assertThat(launcher("psql", "my", "-e", "select nonsense")).isEqualTo(1);
  }

  /// A file of the user's own that holds the password.
  @Test
  void aFileOfOptionsIsRead() throws Exception {
    var file = temporary.resolve("mine.cnf");
    Files.writeString(file, "[client]\npassword=wrong\n");
    assertThat(launcher("psql", "my", "--defaults-extra-file=" + file, "-e", "select 7"))
        .isEqualTo(1);
    assertThat(said()).contains("Access denied");
  }

  @Test
  void aDumpIsLoadedUpToItsFirstError() throws Exception {
    var good = Files.writeString(temporary.resolve("t.sql"), "create table t as select 7 as n;");
    assertThat(launcher("load", "--database", "shop", "my", good.toString())).as(said()).isZero();
    assertThat(said()).isEqualTo("Loaded " + good + " into cluster 'my'.\n");
    assertThat(value("select n from t")).isEqualTo("7");

    assertThat(piped("use shop; create table u (n int); select nonsense; drop table t;"))
        .isEqualTo(1);
    assertThat(said()).contains("Unknown column 'nonsense'", "What was loaded before stays");
    assertThat(value("select count(*) from t")).isEqualTo("1");
  }

  private int piped(String dump) throws Exception {
    return fed(dump, "load", "my", "/dev/stdin");
  }

  /// The client would run what it has of a statement.
  @Test
  void theRestOfADumpThatWasCutOffIsNotRun() throws Exception {
    assertThat(piped("use shop; create table v (n int);")).as(said()).isZero();
    var dump = "-- MariaDB dump 10.19\nuse shop;\ninsert into v values (1)";
    assertThat(piped(dump)).isEqualTo(1);
    assertThat(said()).contains("a dump of mariadb-dump begins in it", "stays");
    assertThat(value("select count(*) from v")).isEqualTo("0");

    assertThat(piped(dump + ";\n-- Dump completed\n")).as(said()).isZero();
    assertThat(value("select count(*) from v")).isEqualTo("1");
  }

  @Test
  void whatIsPostgresqlsIsRefused() throws Exception {
    var archive = Files.writeString(temporary.resolve("a.dump"), "PGDMP and more");
    assertThat(launcher("load", "my", archive.toString())).isEqualTo(1);
    assertThat(said()).contains("it is not SQL, and cluster 'my' is aurora-mysql");
    var sql = Files.writeString(temporary.resolve("a.sql"), "select 1;");
    assertThat(launcher("load", "--as", "admin", "my", sql.toString())).isEqualTo(1);
    assertThat(said()).contains("--as admin is for PostgreSQL");
  }
}
