package dev.dbartifact.localengine.cli;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The lines between which a dump in SQL is whole, by the program that wrote it. A database takes
/// the end of one that was cut off for its end, and keeps what it has.
enum DumpFrame {
  /// `pg_dumpall.c` of PostgreSQL; the dumps of its databases are within.
  PG_DUMPALL(
      "pg_dumpall",
      "-- PostgreSQL database cluster dump",
      "-- PostgreSQL database cluster dump complete",
      "$"),
  /// `pg_backup_archiver.c` of PostgreSQL: of pg_restore, too.
  PG_DUMP("pg_dump", "-- PostgreSQL database dump", "-- PostgreSQL database dump complete", "$"),
  /// `client/mysqldump.cc` of MariaDB: versions and times follow on the same line.
  MARIADB_DUMP("mariadb-dump", "-- MariaDB dump ", "-- Dump completed", ""),
  MYSQLDUMP("mysqldump", "-- MySQL dump ", "-- Dump completed", "");

  private static final int LINES = Pattern.MULTILINE | Pattern.UNIX_LINES;

  private final String program;
  private final String lastLine;
  private final Pattern first;
  private final Pattern last;

  DumpFrame(String program, String firstLine, String lastLine, String end) {
    this.program = program;
    this.lastLine = lastLine;
    this.first = line(firstLine, end);
    this.last = line(lastLine, end);
  }

  private static Pattern line(String text, String end) {
    return Pattern.compile("^" + text + (end.isEmpty() ? "" : "\\r?" + end), LINES);
  }

  /// The one that begins first in what a dump begins with; empty for other SQL.
  static Optional<DumpFrame> begunIn(String beginning) {
    return Arrays.stream(values())
        .filter(each -> each.first.matcher(beginning).find())
        .min(Comparator.comparingInt(each -> starts(each.first, beginning).min().orElseThrow()));
  }

  /// Whether what a dump ends with has the last line, and nothing has begun after it.
  boolean isClosedIn(String end) {
    return starts(last, end).max().orElse(-1) > starts(first, end).max().orElse(-1);
  }

  private static IntStream starts(Pattern pattern, String text) {
    return pattern.matcher(text).results().mapToInt(MatchResult::start);
  }

  /// What is wrong with one that is not closed.
  String cutOff() {
    return """
    it begins like a dump of %s, and there is no '%s' near its end: it was cut off. See what the program that wrote it said, and \
    make it again. SQL of your own that follows a dump goes into a file of its own.\
    """
        .formatted(program, lastLine);
  }
}
