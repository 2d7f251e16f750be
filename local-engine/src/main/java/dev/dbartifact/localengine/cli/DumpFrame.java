package dev.dbartifact.localengine.cli;

/// The lines between which a dump in SQL is whole, by the program that wrote it. A database takes
/// the end of one that was cut off for its end, and keeps what it has.
enum DumpFrame {
  /// `pg_dumpall.c` of PostgreSQL; the dumps of its databases are within.
  PG_DUMPALL(
      "pg_dumpall",
      "-- PostgreSQL database cluster dump",
      "-- PostgreSQL database cluster dump complete",
      false),
  /// `pg_backup_archiver.c` of PostgreSQL: of pg_restore, too.
  PG_DUMP("pg_dump", "-- PostgreSQL database dump", "-- PostgreSQL database dump complete", false),
  /// `client/mysqldump.cc` of MariaDB.
  MARIADB_DUMP("mariadb-dump", "-- MariaDB dump ", "-- Dump completed", true),
  MYSQLDUMP("mysqldump", "-- MySQL dump ", "-- Dump completed", true);

  private final String program;
  private final String firstLine;
  private final String lastLine;
  private final boolean linesGoOn;

  /// @param linesGoOn whether versions and times follow on the same line
  DumpFrame(String program, String firstLine, String lastLine, boolean linesGoOn) {
    this.program = program;
    this.firstLine = firstLine;
    this.lastLine = lastLine;
    this.linesGoOn = linesGoOn;
  }

  boolean beginsWith(String line) {
    return isIn(line, firstLine);
  }

  boolean endsWith(String line) {
    return isIn(line, lastLine);
  }

  private boolean isIn(String line, String text) {
    return linesGoOn ? line.startsWith(text) : line.equals(text);
  }

  /// What is wrong with one that does not end.
  String cutOff() {
    return """
    a dump of %s begins in it with '%s', and its last line, '%s', does not follow: it was cut off. See what the program that wrote it \
    said, and make it again. If it is whole all the same, because somebody took that line away, take the first one away, too.\
    """
        .formatted(program, firstLine.strip(), lastLine);
  }
}
