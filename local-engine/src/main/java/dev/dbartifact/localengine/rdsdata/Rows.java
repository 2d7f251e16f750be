package dev.dbartifact.localengine.rdsdata;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.rdsdata.model.ColumnMetadata;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.ResultSetOptions;

/// Reads a result as the typed fields of RDS Data, within its limit of 1 MiB.
///
/// See "Using RDS Data API" in the Aurora User Guide. The limit of 64 KB for a row that it names,
/// too, is not held to by Aurora, which was seen to give rows of 500 KiB.
final class Rows {

  static final int MOST_RESULT_BYTES = 1 << 20;

  /// What a row and each of its columns count beyond their values.
  private static final int ROW_BYTES = 2;

  private static final int COLUMN_BYTES = 4;

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
    var rows = new ArrayList<List<Field>>();
    var bytes = 0L;
    while (from.next()) {
      var row = row();
      bytes += ROW_BYTES + row.stream().mapToLong(field -> COLUMN_BYTES + size(field)).sum();
      if (bytes > MOST_RESULT_BYTES) {
        throw tooLarge();
      }
      rows.add(row);
    }
    return rows;
  }

  static RuntimeException tooLarge() {
    return DataFault.UNSUPPORTED_RESULT.with("The result exceeds the size limit 1 MB.");
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
    requireSupported(column);
    return switch (columns.getColumnType(column)) {
      // The driver says BIT for boolean.
      case Types.BIT, Types.BOOLEAN -> Field.fromBooleanValue(from.getBoolean(column));
      case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT ->
          longsAsText || isTooLong(column)
              ? text(column)
              : Field.fromLongValue(from.getLong(column));
      // Of a REAL the digits that it is printed with, as a double has more.
      case Types.REAL, Types.FLOAT, Types.DOUBLE ->
          Field.fromDoubleValue(Double.valueOf(from.getString(column)));
      case Types.NUMERIC, Types.DECIMAL -> decimalsAsNumbers ? number(column) : text(column);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB ->
          Field.fromBlobValue(SdkBytes.fromByteArray(from.getBytes(column)));
      case Types.ARRAY -> Field.fromArrayValue(PostgresArray.read(from.getArray(column)));
      case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE, Types.TIME ->
          Field.fromStringValue(server.time(from.getString(column)));
      default -> text(column);
    };
  }

  /// Only of a value: a column of nothing but NULL can be of any type.
  private void requireSupported(int column) throws SQLException {
    var refused = server.refused(columns.getColumnType(column), columns.getColumnTypeName(column));
    if (refused.isPresent()) {
      throw DataFault.UNSUPPORTED_RESULT.with(
          "The result contains the unsupported data type %s.", refused.get());
    }
  }

  /// An unsigned number of MySQL's may be.
  private boolean isTooLong(int column) throws SQLException {
    return from.getObject(column) instanceof BigInteger number && number.bitLength() >= Long.SIZE;
  }

  private Field text(int column) throws SQLException {
    return Field.fromStringValue(from.getString(column));
  }

  /// "Converted to a Long value if its scale is 0, or to a Double value otherwise"
  /// (ResultSetOptions in the API model): 2.00 is no Long. What a Long cannot hold and what has no
  /// digits, as PostgreSQL's NaN, is a Double as well.
  private Field number(int column) throws SQLException {
    var text = from.getString(column);
    var isWhole = text.matches("-?[0-9]+") && new BigInteger(text).bitLength() < Long.SIZE;
    return isWhole
        ? Field.fromLongValue(Long.valueOf(text))
        : Field.fromDoubleValue(Double.valueOf(text));
  }

  private static long size(Field field) {
    return switch (field.type()) {
      case STRING_VALUE -> field.stringValue().getBytes(StandardCharsets.UTF_8).length;
      case BLOB_VALUE -> field.blobValue().asByteArrayUnsafe().length;
      case ARRAY_VALUE -> field.arrayValue().toString().length();
      case LONG_VALUE -> field.longValue().toString().length();
      case DOUBLE_VALUE -> field.doubleValue().toString().length();
      case BOOLEAN_VALUE -> 1;
      default -> 0;
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
