package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MariaDbVariablesTest {

  @Test
  void noVariablesAreNoParameters() {
    assertThat(MariaDbVariables.parameters(List.of())).isEmpty();
  }

  @Test
  void whatCanChangeWhileTheServerRunsIsDynamic() {
    assertThat(one(row("MAX_CONNECTIONS", "BIGINT UNSIGNED")))
        .isEqualTo(
            new ServerParameter(
                "max_connections",
                "100",
                null,
                "MariaDB",
                "What it does",
                "user",
                "integer",
                "1",
                "9",
                List.of(),
                true));
  }

  @Test
  void whatIsReadOnlyIsStaticIfAnOptionSetsIt() {
    var fixed = row("PERFORMANCE_SCHEMA", "BOOLEAN");
    fixed.put("READ_ONLY", "YES");
    fixed.put("GLOBAL_VALUE", "ON");
    assertThat(one(fixed))
        .extracting(ServerParameter::context, ServerParameter::type, ServerParameter::value)
        .containsExactly("postmaster", "bool", "on");
    fixed.put("COMMAND_LINE_ARGUMENT", null);
    assertThat(one(fixed).context()).isEqualTo("internal");
  }

  @Test
  void whatWouldCutTheEngineOffIsNobodysChoice() {
    for (var name :
        List.of("DATADIR", "PORT", "SOCKET", "INNODB_DOUBLEWRITE", "SKIP_NAME_RESOLVE", "TMPDIR")) {
      assertThat(one(row(name, "VARCHAR")).context()).as(name).isEqualTo("internal");
    }
    assertThat(one(row("SQL_MODE", "SET")).context()).isEqualTo("user");
  }

  /// Those of MariaDB 10.11 to 11.8 that a server can change while it runs, and one of later.
  @Test
  void norIsWhatNamesAFile() {
    for (var name :
        List.of(
            "GENERAL_LOG_FILE",
            "INNODB_TMPDIR",
            "LOG_SLOW_QUERY_FILE",
            "SLOW_QUERY_LOG_FILE",
            "BASEDIR",
            "FT_STOPWORD_FILE",
            "INNODB_DATA_FILE_PATH",
            "SOME_LATER_LOG_FILE")) {
      assertThat(one(row(name, "VARCHAR")).context()).as(name).isEqualTo("internal");
    }
    for (var name : List.of("INNODB_OPEN_FILES", "INNODB_FILE_PER_TABLE", "LOG_SLOW_QUERY")) {
      assertThat(one(row(name, "BIGINT UNSIGNED")).context()).as(name).isEqualTo("user");
    }
  }

  @Test
  void whatReadersRestOnIsNobodysChoiceEither() {
    for (var name :
        List.of("LOG_BIN", "SERVER_ID", "READ_ONLY", "BINLOG_EXPIRE_LOGS_SECONDS", "RELAY_LOG")) {
      assertThat(one(row(name, "VARCHAR")).context()).as(name).isEqualTo("internal");
    }
    for (var name : List.of("LOG_BIN_TRUST_FUNCTION_CREATORS", "BINLOG_FORMAT", "SYNC_BINLOG")) {
      assertThat(one(row(name, "VARCHAR")).context()).as(name).isEqualTo("user");
    }
  }

  @Test
  void timeZonesHaveAnOptionOfAnotherName() {
    var zone = row("TIME_ZONE", "VARCHAR");
    zone.put("COMMAND_LINE_ARGUMENT", null);
    assertThat(one(zone).context()).isEqualTo("user");
  }

  /// MySQL 8.0, and MariaDB from 11.1 on, call it `transaction_isolation`.
  @Test
  void theIsolationOfTransactionsHasTwoNames() {
    var old = row("TX_ISOLATION", "ENUM");
    old.put("COMMAND_LINE_ARGUMENT", null);
    old.put("ENUM_VALUE_LIST", "READ-COMMITTED,SERIALIZABLE");
    var renamed = new HashMap<>(old);
    renamed.put("VARIABLE_NAME", "TRANSACTION_ISOLATION");

    for (var rows : List.of(List.of(old), List.<Map<String, String>>of(old, renamed))) {
      assertThat(MariaDbVariables.parameters(rows))
          .allSatisfy(each -> assertThat(each.context()).isEqualTo("user"))
          .extracting(ServerParameter::name)
          .containsExactly("tx_isolation", "transaction_isolation");
    }
  }

  @Test
  void characterSetsAndCollationsCanBeChosenThoughNotAllHaveAnOption() {
    for (var name : List.of("CHARACTER_SET_SERVER", "COLLATION_SERVER", "CHARACTER_SET_CLIENT")) {
      var characters = row(name, "VARCHAR");
      characters.put("COMMAND_LINE_ARGUMENT", null);
      characters.put("ENUM_VALUE_LIST", "utf8,utf8mb4");
      assertThat(one(characters))
          .as(name)
          .extracting(ServerParameter::context, ServerParameter::choices)
          .containsExactly("user", List.of("utf8", "utf8mb4"));
    }
    var system = row("CHARACTER_SET_SYSTEM", "VARCHAR");
    system.put("COMMAND_LINE_ARGUMENT", null);
    assertThat(one(system).context()).isEqualTo("internal");
  }

  @Test
  void sessionsAreNoAffairOfGroups() {
    var session = row("LAST_INSERT_ID", "BIGINT UNSIGNED");
    session.put("VARIABLE_SCOPE", "SESSION ONLY");
    assertThat(MariaDbVariables.parameters(List.of(session))).isEmpty();
  }

  private static ServerParameter one(Map<String, String> row) {
    return MariaDbVariables.parameters(List.of(row)).getFirst();
  }

  private static Map<String, String> row(String name, String type) {
    var row = new HashMap<String, String>();
    row.put("VARIABLE_NAME", name);
    row.put("VARIABLE_TYPE", type);
    row.put("VARIABLE_SCOPE", "GLOBAL");
    row.put("VARIABLE_COMMENT", "What it does");
    row.put("GLOBAL_VALUE", "100");
    row.put("DEFAULT_VALUE", "151");
    row.put("NUMERIC_MIN_VALUE", "1");
    row.put("NUMERIC_MAX_VALUE", "9");
    row.put("READ_ONLY", "NO");
    row.put("COMMAND_LINE_ARGUMENT", "REQUIRED");
    return row;
  }
}
