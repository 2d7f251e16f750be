package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Keeps users out of the schema `mysql`, which makes superusers of those who can write to it, and
/// the engine's account out of their hands.
///
/// MariaDB can take no right away from somebody who has it on all databases. So rights to write are
/// given on patterns that together match every name but `mysql`; users can hand on what is within
/// one of them, and thus nothing that matches `mysql` either. How the engine's account is kept away
/// says [EngineAccount].
///
/// A file beside the data directory says that it is there; databases of an older engine get it at
/// their next start. Everything here can be done again. It leaves accounts alone that statements
/// cannot name, the engine's and those of replicas; those of replicas that an engine of revision 1
/// made can be named, had CONNECTION ADMIN, too, and lose it.
record Fence(EngineAccount engine) {
  private static final String FILE = "fence";
  private static final String REVISION = "3";
  private static final String KEPT_AWAY = "mysql";

  /// What users can have everywhere: it writes nothing. SELECT, RELOAD, PROCESS, GRANT OPTION, SHOW
  /// DATABASES, REPLICATION SLAVE and CLIENT, SHOW VIEW, CREATE USER, REPLICA MONITOR.
  private static final long EVERYWHERE =
      1 | 1 << 6 | 1 << 8 | 1 << 10 | 1 << 14 | 1 << 19 | 1 << 20 | 1 << 22 | 1 << 25 | 1L << 38;

  /// The columns of `mysql.db`, and their bits in `access` of `mysql.global_priv`
  /// (`sql/privilege.h` of MariaDB).
  private static final Map<String, Integer> BITS = new LinkedHashMap<>();

  static {
    List.of("Select", "Insert", "Update", "Delete", "Create", "Drop")
        .forEach(name -> BITS.put(name, BITS.size()));
    BITS.put("Grant", 10);
    BITS.put("References", 11);
    BITS.put("Index", 12);
    BITS.put("Alter", 13);
    BITS.put("Create_tmp_table", 16);
    BITS.put("Lock_tables", 17);
    BITS.put("Execute", 18);
    BITS.put("Create_view", 21);
    BITS.put("Show_view", 22);
    BITS.put("Create_routine", 23);
    BITS.put("Alter_routine", 24);
    BITS.put("Event", 26);
    BITS.put("Trigger", 27);
    BITS.put("Delete_history", 29);
  }

  static boolean isUp(MariaDbFiles files) throws IOException {
    try {
      return Files.readString(file(files)).equals(REVISION);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  static void isUpFromNowOn(MariaDbFiles files) throws IOException {
    Files.writeString(file(files), REVISION);
  }

  private static Path file(MariaDbFiles files) {
    return files.data().resolveSibling(FILE);
  }

  /// Patterns of [KEPT_AWAY]'s length that differ in a letter, and of every other length.
  static List<String> patterns() {
    var patterns = new ArrayList<String>();
    var length = KEPT_AWAY.length();
    for (var shorter = 1; shorter < length; shorter++) {
      patterns.add("_".repeat(shorter));
    }
    patterns.add("_".repeat(length + 1) + "%");
    for (var place = 0; place < length; place++) {
      var own = KEPT_AWAY.charAt(place);
      var before = "_".repeat(place);
      characters()
          .filter(each -> each != own)
          .forEach(each -> patterns.add(before + (char) each + "%"));
    }
    return patterns;
  }

  /// Those of names, without the underscore, which is a pattern itself.
  private static IntStream characters() {
    return IntStream.rangeClosed('!', 'z')
        .filter(each -> Character.isLetterOrDigit(each) || each == '-' || each == '$');
  }

  /// All that can be had on a pattern, but the right to hand it on, which is written otherwise.
  static String privileges() {
    return BITS.keySet().stream()
        .filter(name -> !name.equals("Grant"))
        .map(name -> name.equals("Create_tmp_table") ? "Create_temporary_tables" : name)
        .map(name -> name.replace('_', ' '))
        .collect(Collectors.joining(", "));
  }

  /// A query for the patterns on which somebody has all that; further conditions can follow.
  static String whole() {
    return "select Db from mysql.db where " + columns(name -> name + "_priv = 'Y'", " and ");
  }

  /// One statement each, for a session or a script that began with `flush privileges`.
  List<String> statements() {
    return Stream.concat(engine.arrival().stream(), mysqlIsKept().stream()).toList();
  }

  private List<String> mysqlIsKept() {
    var others = "not (%s) and not (%s)".formatted(engine.row(), ReplicaAccounts.OUT_OF_REACH);
    return List.of(
        onPatterns("global_priv", others, Fence::fromAccess),
        onPatterns("db", "Db = '%'", name -> "given." + name + "_priv"),
        "delete from mysql.db where '%s' like Db and (%s)".formatted(KEPT_AWAY, writing()),
        "delete from mysql.tables_priv where Db = '%s' and not (%s)".formatted(KEPT_AWAY, OF_SYS),
        "delete from mysql.columns_priv where Db = '%s'".formatted(KEPT_AWAY),
        "delete from mysql.procs_priv where Db = '%s'".formatted(KEPT_AWAY),
        "delete from mysql.proxies_priv",
        "update mysql.tables_priv set Table_priv = 'Select' where " + OF_SYS,
        "update mysql.global_priv set Priv = json_set(Priv, '$.access', %s & %d) where %s"
            .formatted(ACCESS, EVERYWHERE, others),
        "flush privileges");
  }

  /// The account that the schema `sys` and the view `mysql.user` work as.
  private static final String OF_SYS =
      "User = 'mariadb.sys' and Host = 'localhost' and Table_name = 'global_priv'";

  private static final String ACCESS = "cast(json_value(Priv, '$.access') as unsigned)";

  private static String fromAccess(String name) {
    return "if(%s & %d, 'Y', 'N')".formatted(ACCESS, 1L << BITS.get(name));
  }

  private interface Source {
    String of(String name);
  }

  private static String onPatterns(String table, String which, Source source) {
    return """
    insert ignore into mysql.db (Host, Db, User, %s) \
    with pattern (name) as (values %s) \
    select given.Host, pattern.name, given.User, %s from mysql.%s as given join pattern where %s%s\
    """
        .formatted(
            columns(name -> name + "_priv", ", "),
            patterns().stream().map("('%s')"::formatted).collect(Collectors.joining(", ")),
            columns(source, ", "),
            table,
            which,
            table.equals("global_priv") ? " and %s & %d".formatted(ACCESS, writingBits()) : "");
  }

  private static String columns(Source source, String between) {
    return BITS.keySet().stream().map(source::of).collect(Collectors.joining(between));
  }

  private static String writing() {
    return columns(name -> name + "_priv = 'Y'", " or ");
  }

  private static long writingBits() {
    return BITS.values().stream().mapToLong(bit -> 1L << bit).sum() & ~EVERYWHERE;
  }
}
