package dev.dbartifact.localengine.rdsdata;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.rdsdata.model.ArrayValue;
import software.amazon.awssdk.services.rdsdata.model.ColumnMetadata;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.ResultSetOptions;

/// Reads a result as the typed fields of RDS Data, within its limits.
///
/// See "Using RDS Data API" in the Aurora User Guide.
final class Rows {

  static final int MOST_RESULT_BYTES = 1 << 20;
  static final int MOST_ROW_BYTES = 64 << 10;

  /// Types that the driver has no word for, and that are text.
  private static final Set<String> TEXTS =
      Set.of(
          "uuid",
          "json",
          "jsonb",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8",
          "tsvector",
          "tsquery",
          "xml",
          "bit",
          "varbit",
          "name",
          "regclass",
          "regtype",
          "pg_lsn",
          "xid",
          "void");

  private final Server server;
  private final ResultSet from;
  private final ResultSetMetaData columns;
  private final boolean decimalsAsNumbers;
  private final boolean longsAsText;

  Rows(Server server, ResultSet from, ResultSetOptions options) throws SQLException {
    this.server = server;
    this.from = from;
    this.columns = from.getMetaData();
    this.decimalsAsNumbers =
        options != null && "DOUBLE_OR_LONG".equals(options.decimalReturnTypeAsString());
    this.longsAsText = options != null && "STRING".equals(options.longReturnTypeAsString());
  }

  List<List<Field>> read() throws SQLException {
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      requireSupported(column);
    }
    var rows = new ArrayList<List<Field>>();
    var bytes = 0L;
    while (from.next()) {
      var row = row();
      var size = row.stream().mapToLong(Rows::size).sum();
      bytes += size;
      if (size > MOST_ROW_BYTES) {
        throw DataFault.UNSUPPORTED_RESULT.with(
            "Database returned a row larger than %d KB", MOST_ROW_BYTES >> 10);
      }
      if (bytes > MOST_RESULT_BYTES) {
        throw DataFault.UNSUPPORTED_RESULT.with(
            "Database returned more than the allowed response size limit");
      }
      rows.add(row);
    }
    return rows;
  }

  private void requireSupported(int column) throws SQLException {
    var type = columns.getColumnTypeName(column);
    var unknown =
        switch (columns.getColumnType(column)) {
          case Types.OTHER, Types.STRUCT -> !TEXTS.contains(type);
          default -> false;
        };
    if (unknown) {
      throw DataFault.UNSUPPORTED_RESULT.with(
          "The result contains the unsupported data type %s.",
          type.toUpperCase(java.util.Locale.ROOT));
    }
  }

  private List<Field> row() throws SQLException {
    var row = new ArrayList<Field>();
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      row.add(field(column));
    }
    return row;
  }

  private Field field(int column) throws SQLException {
    if (from.getObject(column) == null) {
      return Field.fromIsNull(true);
    }
    return switch (columns.getColumnType(column)) {
      // The driver says BIT for boolean.
      case Types.BIT, Types.BOOLEAN ->
          server.isBoolean(columns.getColumnTypeName(column))
              ? Field.fromBooleanValue(from.getBoolean(column))
              : text(column);
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          longsAsText || isTooLong(column)
              ? text(column)
              : Field.fromLongValue(from.getLong(column));
      case Types.REAL, Types.FLOAT, Types.DOUBLE ->
          columns.getColumnTypeName(column).equals("money")
              ? text(column)
              : Field.fromDoubleValue(from.getDouble(column));
      case Types.NUMERIC, Types.DECIMAL -> decimalsAsNumbers ? number(column) : text(column);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          Field.fromBlobValue(SdkBytes.fromByteArray(from.getBytes(column)));
      case Types.ARRAY -> Field.fromArrayValue(array(from.getArray(column)));
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, Types.TIME, Types.TIME_WITH_TIMEZONE ->
          // The session is in UTC.
          Field.fromStringValue(from.getString(column).replaceFirst("\\+00$", ""));
      default -> text(column);
    };
  }

  /// An unsigned number of MySQL's may be.
  private boolean isTooLong(int column) throws SQLException {
    return from.getObject(column) instanceof BigInteger number && number.bitLength() >= Long.SIZE;
  }

  private Field text(int column) throws SQLException {
    return Field.fromStringValue(from.getString(column));
  }

  private Field number(int column) throws SQLException {
    var value = from.getBigDecimal(column);
    return value.stripTrailingZeros().scale() <= 0 && value.precision() - value.scale() <= 18
        ? Field.fromLongValue(value.longValueExact())
        : Field.fromDoubleValue(value.doubleValue());
  }

  private static ArrayValue array(Array array) throws SQLException {
    return array((Object[]) array.getArray());
  }

  private static ArrayValue array(Object[] items) {
    var first = Arrays.stream(items).filter(Objects::nonNull).findFirst().orElse("");
    var list = Arrays.asList(items);
    return switch (first) {
      case Object[] _ ->
          ArrayValue.fromArrayValues(list.stream().map(each -> array((Object[]) each)).toList());
      case Boolean _ ->
          ArrayValue.fromBooleanValues(list.stream().map(Boolean.class::cast).toList());
      case Short _, Integer _, Long _ ->
          ArrayValue.fromLongValues(
              list.stream()
                  .map(each -> each == null ? null : ((Number) each).longValue())
                  .toList());
      case Float _, Double _ ->
          ArrayValue.fromDoubleValues(
              list.stream()
                  .map(each -> each == null ? null : ((Number) each).doubleValue())
                  .toList());
      default ->
          ArrayValue.fromStringValues(
              list.stream().map(each -> each == null ? null : each.toString()).toList());
    };
  }

  private static long size(Field field) {
    return switch (field.type()) {
      case STRING_VALUE -> field.stringValue().getBytes(StandardCharsets.UTF_8).length;
      case BLOB_VALUE -> field.blobValue().asByteArrayUnsafe().length;
      case ARRAY_VALUE -> field.arrayValue().toString().length();
      default -> Long.BYTES;
    };
  }

  List<String> labels() throws SQLException {
    var labels = new ArrayList<String>();
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      labels.add(columns.getColumnLabel(column));
    }
    return labels;
  }

  List<ColumnMetadata> metadata() throws SQLException {
    var metadata = new ArrayList<ColumnMetadata>();
    for (var column = 1; column <= columns.getColumnCount(); column++) {
      metadata.add(metadata(column));
    }
    return metadata;
  }

  private ColumnMetadata metadata(int column) throws SQLException {
    return ColumnMetadata.builder()
        .name(columns.getColumnName(column))
        .label(columns.getColumnLabel(column))
        .type(columns.getColumnType(column))
        .typeName(columns.getColumnTypeName(column))
        .schemaName(columns.getSchemaName(column))
        .tableName(columns.getTableName(column))
        .isAutoIncrement(columns.isAutoIncrement(column))
        .isSigned(columns.isSigned(column))
        .isCurrency(columns.isCurrency(column))
        .isCaseSensitive(columns.isCaseSensitive(column))
        .nullable(columns.isNullable(column))
        .precision(columns.getPrecision(column))
        .scale(columns.getScale(column))
        .arrayBaseColumnType(0)
        .build();
  }
}
