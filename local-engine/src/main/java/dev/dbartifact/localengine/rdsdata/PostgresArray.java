package dev.dbartifact.localengine.rdsdata;

import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.services.rdsdata.model.ArrayValue;

/// An array of PostgreSQL as RDS Data says it. One of more dimensions it cannot say.
final class PostgresArray {

  private PostgresArray() {}

  static ArrayValue read(Array array) throws SQLException {
    if (isNested(array.toString())) {
      throw DataFault.UNSUPPORTED_RESULT.with("The result contains a multidimensional array.");
    }
    var items = items(array);
    return switch (array.getBaseTypeName()) {
      case "bool" -> ArrayValue.fromBooleanValues(each(items, "t"::equals));
      case "int2", "int4", "int8", "oid" -> ArrayValue.fromLongValues(each(items, Long::valueOf));
      case "float4", "float8" -> ArrayValue.fromDoubleValues(each(items, Double::valueOf));
      case "time", "timestamp", "timestamptz" ->
          ArrayValue.fromStringValues(each(items, PostgresTime::text));
      default -> ArrayValue.fromStringValues(items);
    };
  }

  /// `{{1},{2}}`, or `[0:1]={{1},{2}}` where indexes do not begin with 1. A brace within a text
  /// stands in quotes.
  private static boolean isNested(String literal) {
    return literal.startsWith("{{", literal.indexOf('{'));
  }

  /// As the server wrote them, null for NULL. The driver's own objects would be in the time zone of
  /// this machine, and have fractions of their own.
  private static List<String> items(Array array) throws SQLException {
    var items = new ArrayList<String>();
    try (var rows = array.getResultSet()) {
      while (rows.next()) {
        items.add(rows.getString(2));
      }
    }
    return items;
  }

  private static <T> List<T> each(List<String> items, Function<String, T> read) {
    return items.stream().map(item -> item == null ? null : read.apply(item)).toList();
  }
}
