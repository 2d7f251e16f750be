package dev.dbartifact.localengine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What counts as a whole dump, in one piece, in small ones and in a file.
class DumpEndsTest {

  private static final String PG_DUMP = "--\n-- PostgreSQL database dump\n--\n\n";
  private static final String PG_END = "--\n-- PostgreSQL database dump complete\n--\n\n";
  private static final String ROWS = "COPY public.t (n) FROM stdin;\n" + "1\n".repeat(40_000);
  private static final String DONE = "\\.\n\n";

  @TempDir Path folder;

  private boolean isWhole(String dump) throws Exception {
    var whole = isWhole(dump, 1 << 16);
    assertThat(isWhole(dump, 1000)).isEqualTo(whole);
    var file = Files.writeString(folder.resolve("dump.sql"), dump);
    assertThat(isWhole(DumpEnds.of(file))).isEqualTo(whole);
    return whole;
  }

  private static boolean isWhole(String dump, int block) {
    var ends = new DumpEnds();
    var bytes = dump.getBytes(StandardCharsets.UTF_8);
    for (var at = 0; at < bytes.length; at += block) {
      ends.pass(bytes, at, Math.min(block, bytes.length - at));
    }
    return isWhole(ends);
  }

  private static boolean isWhole(DumpEnds ends) {
    try {
      ends.requireWhole();
      return true;
    } catch (CutOffException e) {
      return false;
    }
  }

  @Test
  void aDumpEndsWithItsLastLine() throws Exception {
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

  /// Newer versions of pg_dump write `\restrict` and its end around what they dump.
  @Test
  void aLittleMayFollow() throws Exception {
    assertThat(isWhole(PG_DUMP + ROWS + DONE + PG_END + "\\unrestrict Ab1\n\n")).isTrue();
    assertThat(isWhole(PG_DUMP + ROWS + DONE + PG_END + "analyze;\n")).isTrue();
  }

  @Test
  void eachOfTwoDumpsHasAnEnd() throws Exception {
    var first = PG_DUMP + PG_END;
    assertThat(isWhole(first + PG_DUMP + "select 1;\n")).isFalse();
    assertThat(isWhole(first + PG_DUMP + "select 1;\n" + PG_END)).isTrue();
  }

  @Test
  void theEndOfADatabaseIsNotThatOfACluster() throws Exception {
    var begun = "--\n-- PostgreSQL database cluster dump\n--\n\n" + PG_DUMP + ROWS + DONE + PG_END;
    assertThat(isWhole(begun)).isFalse();
    assertThat(isWhole(begun + "--\n-- PostgreSQL database cluster dump complete\n--\n\n"))
        .isTrue();
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
