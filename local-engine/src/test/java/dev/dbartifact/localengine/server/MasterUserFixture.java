package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A server with a master user, on each major version that is here.
abstract class MasterUserFixture extends HostFixture {
  /// SQLSTATE `insufficient_privilege`.
  static final String NO_RIGHT = "42501";

  /// SQLSTATE `reserved_name`.
  private static final String RESERVED_NAME = "42939";

  /// SQLSTATE `successful_completion`.
  static final String DONE = "00000";

  Listen listen;
  Sql shop;

  /// Where storage can share blocks it does: each test makes a database, and a copy takes seconds.
  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  /// The newest of each major one.
  List<String> versions() {
    return List.copyOf(
        host.installedVersions().stream()
            .collect(
                Collectors.toMap(
                    MasterUserFixture::major, each -> each, (newest, _) -> newest, TreeMap::new))
            .values());
  }

  static int major(String version) {
    return Integer.parseInt(version.split("\\.")[0]);
  }

  void start(String version, Map<String, String> parameters) throws Exception {
    host.create(
        SOURCE, new NewDatabase(version, "admin", new Secret(PASSWORD), Optional.of("shop")));
    listen = freeAddress();
    host.start(SOURCE, listen, parameters);
    shop = new Sql(listen, "admin", PASSWORD, "shop");
    shop.execute("CREATE TABLE item (id int PRIMARY KEY)");
  }

  /// For want of rights, or for a name that is not the master user's to give.
  void assertAllRefused(List<String> statements) throws SQLException {
    assertThat(outcomes(statements))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isIn(NO_RIGHT, RESERVED_NAME));
  }

  void assertAllDone(List<String> statements) throws SQLException {
    assertThat(outcomes(statements))
        .allSatisfy((sql, state) -> assertThat(state).as(sql).isEqualTo(DONE));
  }

  /// The SQLSTATE that each statement ends with, by statement.
  Map<String, String> outcomes(List<String> statements) throws SQLException {
    var outcomes = new LinkedHashMap<String, String>();
    try (var connection = shop.connect();
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        try {
          statement.execute(sql);
          outcomes.put(sql, DONE);
        } catch (SQLException e) {
          outcomes.put(sql, e.getSQLState());
        }
      }
    }
    return outcomes;
  }

  void asSuperuser(String sql) throws IOException {
    Program.run(
        "psql",
        "--host=" + AdminLogin.socketDirectory(dataDirectory, SOURCE.value()),
        "--port=" + listen.port(),
        "--username=" + AdminLogin.USER,
        "--dbname=template1",
        "--command=" + sql);
  }
}
