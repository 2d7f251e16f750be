package dev.dbartifact.examples;

import dev.dbartifact.converger.migration.JdbcTarget;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/// Opens ordinary sessions, as an application of the shop would.
final class ShopSession {
  private ShopSession() {}

  static Connection open(JdbcTarget shop) throws SQLException {
    return DriverManager.getConnection(
        shop.endpoint().jdbcUrl(), shop.endpoint().user().value(), shop.password().reveal());
  }
}
