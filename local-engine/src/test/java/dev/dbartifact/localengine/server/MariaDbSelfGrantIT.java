package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What becomes of a master user's rights when it gives itself some, which scripts for MySQL do.
class MariaDbSelfGrantIT extends MariaDbUsersFixture {
  private static final List<String> USUAL =
      List.of(
          "GRANT SELECT, INSERT ON shop.* TO app",
          "GRANT ALL ON my_db.* TO app WITH GRANT OPTION",
          "REPLACE INTO shop.item VALUES (1)",
          "CREATE TABLE my_db.item (id int)",
          "CREATE TABLE my_shop.item (id int)");

  private static final List<String> OF_ITS_OWN =
      List.of(
          "GRANT ALL ON shop.* TO adm",
          "GRANT SELECT ON my_db.* TO adm",
          "GRANT SELECT ON `my%`.* TO adm WITH GRANT OPTION",
          "GRANT USAGE ON `my\\_shop`.* TO adm WITH GRANT OPTION");

  @Test
  void itHasThemAllAgainWithANewPassword() throws Exception {
    start("adm");
    execute("adm", "CREATE DATABASE my_db", "CREATE DATABASE my_shop");
    var before = grants();
    assertThat(outcomes("adm", OF_ITS_OWN).values()).containsOnly("");
    assertThat(outcomes("adm", USUAL).values())
        .as("MariaDB goes by the closest entry")
        .anyMatch(failure -> failure.contains("denied"));

    host.changeMasterPassword(SOURCE, "adm", Verifier.of(ServerKind.MARIADB, new Secret(PASSWORD)));

    assertThat(grants()).isEqualTo(before);
    assertThat(outcomes("adm", USUAL))
        .allSatisfy((sql, failure) -> assertThat(failure).as(sql).isEmpty());
    assertThat(outcomes("adm", List.of("CREATE TABLE mysql.mine (id int)")).values())
        .allMatch(failure -> failure.contains("denied"));
  }

  @Test
  void whatTakesNothingAwayStays() throws Exception {
    start("adm");
    execute("adm", "GRANT ALL ON shop.* TO adm WITH GRANT OPTION", "GRANT SELECT ON shop.* TO app");
    var before = grants();

    host.changeMasterPassword(SOURCE, "adm", Verifier.of(ServerKind.MARIADB, new Secret(PASSWORD)));

    assertThat(grants()).isEqualTo(before).anyMatch(each -> each.contains(" ON `shop`.* TO `adm`"));
    assertThat(value("adm", "SELECT count(*) FROM mysql.db WHERE Db = 'shop' AND User = 'app'"))
        .isEqualTo("1");
  }

  /// Without the roles, which it has made itself.
  private List<String> grants() throws SQLException {
    var grants = new TreeSet<String>();
    try (var connection = connect("adm");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SHOW GRANTS")) {
      while (rows.next()) {
        if (rows.getString(1).contains(" ON ")) {
          grants.add(rows.getString(1));
        }
      }
    }
    return List.copyOf(grants);
  }
}
