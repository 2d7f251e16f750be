package dev.dbartifact.localengine.rdsdata;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.SqlParameter;

/// Gives a statement the values of its named parameters.
///
/// See `SqlParameter` in the API reference of RDS Data.
final class Binding {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSSSSS][.SSSSS][.SSSS][.SSS][.SS][.S]");

  private Binding() {}

  static void bind(
      Server server, PreparedStatement to, List<String> names, List<SqlParameter> parameters)
      throws SQLException {
    var byName = byName(parameters);
    var index = 0;
    for (var name : names) {
      var parameter = byName.get(name);
      if (parameter == null) {
        throw DataFault.BAD_REQUEST.with("Cannot find parameter: %s", name);
      }
      set(server, to, ++index, parameter);
    }
  }

  private static Map<String, SqlParameter> byName(List<SqlParameter> parameters) {
    var byName = new HashMap<String, SqlParameter>();
    for (var parameter : parameters) {
      Sessions.required("The name of a parameter", parameter.name());
      if (byName.put(parameter.name(), parameter) != null) {
        throw DataFault.BAD_REQUEST.with("Parameter %s is given more than once", parameter.name());
      }
    }
    return byName;
  }

  private static void set(Server server, PreparedStatement to, int index, SqlParameter parameter)
      throws SQLException {
    var value = parameter.value() == null ? Field.builder().build() : parameter.value();
    switch (value.type()) {
      case IS_NULL -> to.setNull(index, Types.NULL);
      case BOOLEAN_VALUE -> to.setBoolean(index, value.booleanValue());
      case LONG_VALUE -> to.setLong(index, value.longValue());
      case DOUBLE_VALUE -> to.setDouble(index, value.doubleValue());
      case BLOB_VALUE -> to.setBytes(index, value.blobValue().asByteArray());
      case STRING_VALUE ->
          text(server, to, index, parameter.typeHintAsString(), value.stringValue());
      case ARRAY_VALUE -> throw DataFault.BAD_REQUEST.with("Array parameters are not supported.");
      default -> throw DataFault.BAD_REQUEST.with("Parameter %s has no value", parameter.name());
    }
  }

  private static void text(Server server, PreparedStatement to, int index, String hint, String text)
      throws SQLException {
    try {
      switch (hint) {
        case null -> to.setString(index, text);
        case "DATE" -> to.setObject(index, LocalDate.parse(text));
        case "TIME" -> to.setObject(index, LocalTime.parse(text));
        case "TIMESTAMP" -> to.setObject(index, LocalDateTime.parse(text, TIMESTAMP));
        case "DECIMAL" -> to.setBigDecimal(index, new BigDecimal(text));
        case "UUID" -> server.setUuid(to, index, UUID.fromString(text));
        case "JSON" -> server.setJson(to, index, text);
        default ->
            throw DataFault.BAD_REQUEST.with(
                "Unknown type hint %s: it is one of DATE, DECIMAL, JSON, TIME, TIMESTAMP, UUID",
                hint);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      throw DataFault.BAD_REQUEST.with("'%s' is not of the type %s", text, hint);
    }
  }
}
