package dev.dbartifact.localengine.rds.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.rds.engine.Engine;
import dev.dbartifact.localengine.rds.engine.EngineVersion;
import dev.dbartifact.localengine.server.ServerParameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterRulesTest {

  @Test
  void clustersOfAuroraMySqlSwitchTlsWithWords() {
    var parameter = tls(Engine.AURORA_MYSQL, "8.0.mysql_aurora.3.08.2");

    var described = ParameterRules.describe(parameter);
    assertThat(described.allowedValues()).isEqualTo("ON,OFF");
    assertThat(described.dataType()).isEqualTo("string");
    assertThat(described.source()).isEqualTo("engine-default");
    assertThatCode(() -> ParameterRules.check(parameter, "ON")).doesNotThrowAnyException();
    assertThatThrownBy(() -> ParameterRules.check(parameter, "1"))
        .hasMessageContaining("allowed values are: ON,OFF");
  }

  @Test
  void instancesSwitchItWithDigits() {
    for (var engine : List.of(Engine.MYSQL, Engine.MARIADB)) {
      var parameter = tls(engine, engine == Engine.MYSQL ? "8.0.43" : "10.11.14");

      assertThat(ParameterRules.describe(parameter).allowedValues()).isEqualTo("0,1");
      assertThat(ParameterRules.describe(parameter).parameterValue()).isNull();
      assertThatCode(() -> ParameterRules.check(parameter, "1")).doesNotThrowAnyException();
      assertThatThrownBy(() -> ParameterRules.check(parameter, "ON"))
          .hasMessageContaining("allowed values are: 0,1");
    }
  }

  @Test
  void fromMariaDb11_8OnTheDefaultIsRdss() {
    var described = ParameterRules.describe(tls(Engine.MARIADB, "11.8.3"));

    assertThat(described.parameterValue()).isEqualTo("1");
    assertThat(described.source()).isEqualTo("system");
  }

  /// Of PostgreSQL 13 and 14, whose statistics collector writes there.
  @Test
  void nobodyChoosesWhereAServerWrites() {
    var folder =
        new ServerParameter(
            "stats_temp_directory",
            "pg_stat_tmp",
            null,
            "Statistics / Query and Index Statistics Collector",
            "Writes temporary statistics files to the specified directory.",
            "sighup",
            "string",
            null,
            null,
            List.of(),
            false);

    assertThat(ParameterRules.describe(folder).isModifiable()).isFalse();
    assertThatThrownBy(() -> ParameterRules.check(folder, "/tmp"))
        .hasMessageContaining("The parameter stats_temp_directory cannot be modified.");
  }

  @Test
  void aServerOfPostgresqlHasMoreConnectionsThanItReserves() {
    var ofTheServer =
        new ServerParameter(
            "max_connections",
            "100",
            null,
            "Connections and Authentication",
            "Sets the maximum number of concurrent connections.",
            "postmaster",
            "integer",
            "1",
            "262143",
            List.of(),
            false);
    var parameter =
        ParameterRules.onRds(ofTheServer, new EngineVersion(Engine.AURORA_POSTGRESQL, "17.11"));

    assertThat(ParameterRules.describe(parameter).allowedValues()).isEqualTo("6-262143");
    assertThatThrownBy(() -> ParameterRules.check(parameter, "1"))
        .hasMessageContaining("max_connections");
    assertThatCode(() -> ParameterRules.check(parameter, "6")).doesNotThrowAnyException();
  }

  /// It reads the rest of a longer line as another option.
  @Test
  void noValueIsLongerThanALineOfTheServersOptionFile() {
    var parameter = ofMariaDb("init_connect", "string", List.of());
    var attack = "\\".repeat(2040) + "skip_grant_tables=1#";

    assertThatThrownBy(() -> ParameterRules.check(parameter, attack))
        .hasMessageContaining("init_connect");
    assertThatThrownBy(() -> ParameterRules.check(parameter, "€".repeat(1400)))
        .hasMessageContaining("init_connect");
    assertThatCode(() -> ParameterRules.check(parameter, "€".repeat(1300)))
        .doesNotThrowAnyException();
  }

  /// As RDS has them in small letters.
  @Test
  void mariaDbTakesWordsInAnyCase() {
    var image = ofMariaDb("binlog_row_image", "enum", List.of("MINIMAL", "NOBLOB", "FULL"));
    var mode = ofMariaDb("sql_mode", "string", List.of("ANSI_QUOTES", "ORACLE"));

    for (var value : List.of("full", "minimal", "noblob", "FULL")) {
      assertThatCode(() -> ParameterRules.check(image, value)).doesNotThrowAnyException();
    }
    assertThatCode(() -> ParameterRules.check(mode, "ansi_quotes,Oracle"))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> ParameterRules.check(image, "fuller"))
        .hasMessageContaining("MINIMAL,NOBLOB,FULL");
  }

  @Test
  void whatPostgresqlFixesIsNotFixedInMariaDb() {
    var isolation =
        ofMariaDb("transaction_isolation", "enum", List.of("READ-COMMITTED", "SERIALIZABLE"));

    assertThat(ParameterRules.describe(isolation).isModifiable()).isTrue();
    assertThatCode(() -> ParameterRules.check(isolation, "READ-COMMITTED"))
        .doesNotThrowAnyException();
  }

  @Test
  void theBinaryLogOfAuroraMySqlCanBeOff() {
    var format = ofMariaDb("binlog_format", "enum", List.of("MIXED", "STATEMENT", "ROW"));
    var onAurora =
        ParameterRules.onRds(
            format, new EngineVersion(Engine.AURORA_MYSQL, "8.0.mysql_aurora.3.08.2"));
    var onMySql = ParameterRules.onRds(format, new EngineVersion(Engine.MYSQL, "8.0.43"));

    assertThat(ParameterRules.describe(onAurora).allowedValues())
        .isEqualTo("MIXED,STATEMENT,ROW,OFF");
    assertThatCode(() -> ParameterRules.check(onAurora, "OFF")).doesNotThrowAnyException();
    assertThatThrownBy(() -> ParameterRules.check(onMySql, "OFF"))
        .hasMessageContaining("binlog_format");
  }

  private static ServerParameter ofMariaDb(String name, String type, List<String> choices) {
    return new ServerParameter(
        name, "", null, "MariaDB", "What it does.", "user", type, null, null, choices, false);
  }

  private static ServerParameter tls(Engine engine, String version) {
    var ofTheServer =
        new ServerParameter(
            "require_secure_transport",
            "off",
            null,
            "MariaDB",
            "Refuses connections without TLS.",
            "user",
            "bool",
            null,
            null,
            List.of(),
            false);
    return ParameterRules.onRds(ofTheServer, new EngineVersion(engine, version));
  }
}
