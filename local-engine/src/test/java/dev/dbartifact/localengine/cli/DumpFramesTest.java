package dev.dbartifact.localengine.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What counts as a whole dump, in one piece, in small ones and in a file.
class DumpFramesTest {

  private static final String PG_DUMP = "--\n-- PostgreSQL database dump\n--\n\n";
  private static final String PG_END = "--\n-- PostgreSQL database dump complete\n--\n\n";
  private static final String PG_CLUSTER = "--\n-- PostgreSQL database cluster dump\n--\n\n";
  private static final String PG_CLUSTER_END =
      "--\n-- PostgreSQL database cluster dump complete\n--\n\n";
  private static final String ROWS = "COPY public.t (n) FROM stdin;\n" + "1\n".repeat(40_000);
  private static final String DONE = "\\.\n\n";

  @TempDir Path folder;

  private boolean isWhole(String dump) throws Exception {
    var whole = isWhole(dump, 1 << 16);
    assertThat(isWhole(dump, 1000)).isEqualTo(whole);
    var file = Files.writeString(folder.resolve("dump.sql"), dump);
    assertThat(isWhole(DumpFrames.of(file))).isEqualTo(whole);
    return whole;
  }

  private static boolean isWhole(String dump, int block) {
    var frames = new DumpFrames();
    var bytes = dump.getBytes(UTF_8);
    for (var at = 0; at < bytes.length; at += block) {
      frames.pass(bytes, at, Math.min(block, bytes.length - at));
    }
    return isWhole(frames);
  }

  private static boolean isWhole(DumpFrames frames) {
    try {
      frames.requireWhole();
      return true;
    } catch (CutOffException e) {
      return false;
    }
  }

  @Test
  void aDumpFramesWithItsLastLine() throws Exception {
    assertThat(isWhole(PG_DUMP + ROWS + DONE + PG_END)).isTrue();
    assertThat(isWhole(PG_DUMP + PG_END)).isTrue();
    assertThat(isWhole((PG_DUMP + ROWS + DONE + PG_END).replace("\n", "\r\n"))).isTrue();
  }

  @Test
  void whatEndsBeforeWasCutOff() throws Exception {
    assertThat(isWhole(PG_DUMP)).isFalse();
    assertThat(isWhole(PG_DUMP + ROWS)).isFalse();
    assertThat(isWhole(PG_DUMP + ROWS + DONE)).isFalse();
    assertThat(isWhole(PG_DUMP + ROWS + DONE + "--\n-- PostgreSQL database dump comp")).isFalse();
  }

  /// Newer versions of pg_dump write `\restrict` and its end around what they dump, and some
  /// frameworks a row for each migration.
  @Test
  void otherSqlMayFollow() throws Exception {
    assertThat(isWhole(PG_DUMP + ROWS + DONE + PG_END + "\\unrestrict Ab1\n\n")).isTrue();
    var migrations = "insert into migrations values (20300131120000);\n".repeat(1000);
    assertThat(isWhole(PG_DUMP + ROWS + DONE + PG_END + migrations)).isTrue();
  }

  @Test
  void eachOfSeveralDumpsHasAnEnd() throws Exception {
    var roles = PG_CLUSTER + "create role app;\n" + PG_CLUSTER_END;
    var tables = PG_DUMP + ROWS + DONE;
    assertThat(isWhole(roles + tables + PG_END)).isTrue();
    assertThat(isWhole(roles + tables)).isFalse();
    assertThat(isWhole(tables + PG_DUMP + "select 1;\n" + PG_END)).isFalse();
    assertThat(isWhole(tables + PG_END + PG_DUMP + "select 1;\n" + PG_END)).isTrue();
  }

  @Test
  void whatIsWrongIsSaid_andWhatToDo() throws Exception {
    var frames = new DumpFrames();
    var dump = "-- MySQL dump 10.13  Distrib 8.0.40\ncreate table t (n int);\n".getBytes(UTF_8);
    frames.pass(dump, 0, dump.length);
    assertThatThrownBy(frames::requireWhole)
        .hasMessageContaining(
            "a dump of mysqldump begins in it with '-- MySQL dump', and its last line, '-- Dump completed'")
        .hasMessageContaining("take the first one away");
  }

  @Test
  void theEndOfADatabaseIsNotThatOfACluster() throws Exception {
    var begun = PG_CLUSTER + PG_DUMP + ROWS + DONE + PG_END;
    assertThat(isWhole(begun)).isFalse();
    assertThat(isWhole(begun + PG_CLUSTER_END)).isTrue();
  }

  @Test
  void aDumpOfMariaDbOrMysqlEndsWithItsTime() throws Exception {
    var rows = "INSERT INTO `t` VALUES (1),\n";
    var mariaDb =
        "/*M!999999\\- enable the sandbox mode */ \n-- MariaDB dump 10.19-11.4.5-MariaDB\n" + rows;
    assertThat(isWhole(mariaDb)).isFalse();
    assertThat(isWhole(mariaDb + "-- Dump completed on 2030-01-31 12:00:00\n")).isTrue();
    var mysql = "-- MySQL dump 10.13  Distrib 8.0.40\n" + rows;
    assertThat(isWhole(mysql)).isFalse();
    assertThat(isWhole(mysql + "-- Dump completed\n")).isTrue();
  }

  @Test
  void otherSqlEndsWhereItEnds() throws Exception {
    assertThat(isWhole("create table t (n int);")).isTrue();
    assertThat(isWhole("select '-- PostgreSQL database dump';\n")).isTrue();
  }
}
