package dev.dbartifact.localengine.mariadb;

/// Names and texts as MariaDB reads them, whatever its `sql_mode`.
final class Quoted {
  private Quoted() {}

  /// Of a database, user or variable.
  static String name(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /// A text; as hexadecimal digits, because the meaning of a backslash is a setting.
  static String text(String text) {
    var hex =
        java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return text.isEmpty() ? "''" : "_utf8mb4 x'" + hex + "'";
  }
}
