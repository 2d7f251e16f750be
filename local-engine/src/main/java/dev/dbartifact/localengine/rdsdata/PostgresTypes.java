package dev.dbartifact.localengine.rdsdata;

import java.sql.Types;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The types of PostgreSQL that RDS Data can say. It refuses all others by name.
///
/// See "Amazon RDS Data API operations reference" and "Comparing Amazon RDS Data API behaviors" in
/// the Aurora User Guide. Aurora was seen to say `oid`, ranges, and arrays of `jsonb` and
/// `timestamptz`, too.
final class PostgresTypes {

  /// Types that the driver has no word for, and that are text.
  private static final Set<String> TEXTS =
      Set.of(
          "uuid",
          "json",
          "jsonb",
          "inet",
          "cidr",
          "vector",
          "int4range",
          "int8range",
          "numrange",
          "tsrange",
          "tstzrange",
          "daterange",
          "void");

  /// What is refused in capitals, as RDS Data knows its name.
  private static final Set<String> KNOWN =
      Set.of(
          "char",
          "interval",
          "timetz",
          "money",
          "point",
          "lseg",
          "path",
          "box",
          "polygon",
          "line",
          "circle",
          "macaddr",
          "macaddr8",
          "bit",
          "varbit",
          "record",
          "jsonpath");

  /// What is refused by PostgreSQL's own name, also as the element of an array.
  private static final Set<String> UNKNOWN =
      Set.of(
          "xml",
          "tsvector",
          "tsquery",
          "pg_lsn",
          "xid",
          "xid8",
          "cid",
          "tid",
          "aclitem",
          "regclass",
          "regcollation",
          "regconfig",
          "regdictionary",
          "regnamespace",
          "regoper",
          "regoperator",
          "regproc",
          "regprocedure",
          "regrole",
          "regtype");

  private PostgresTypes() {}

  /// @param jdbcType one of [java.sql.Types], by which the driver shows the type
  /// @param type as the driver names it, `_int4` for an array
  /// @return how RDS Data names it where it cannot say it
  static Optional<String> refused(int jdbcType, String type) {
    if (jdbcType == Types.ARRAY && type.startsWith("_")) {
      return refusedElement(type.substring(1)).map(element -> element + "[]");
    }
    var refused =
        switch (jdbcType) {
          case Types.OTHER, Types.STRUCT, Types.SQLXML, Types.REF_CURSOR -> !TEXTS.contains(type);
          default -> KNOWN.contains(type) || UNKNOWN.contains(type);
        };
    return refused ? Optional.of(name(type)) : Optional.empty();
  }

  private static Optional<String> refusedElement(String type) {
    var refused = (KNOWN.contains(type) && !type.equals("bit")) || UNKNOWN.contains(type);
    return refused ? Optional.of(name(type)) : Optional.empty();
  }

  /// PostgreSQL writes `"char"` for the one, and CHAR for another.
  private static String name(String type) {
    if (type.equals("char")) {
      return "\"CHAR\"";
    }
    return KNOWN.contains(type) ? type.toUpperCase(Locale.ROOT) : type;
  }
}
