package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names of types are those of the driver.
class PostgresTypesTest {

  @ParameterizedTest
  @ValueSource(strings = {"uuid", "jsonb", "inet", "cidr", "vector", "int4range", "void"})
  void whatTheDriverHasNoWordForIsText(String type) {
    assertThat(PostgresTypes.refused(Types.OTHER, type)).isEmpty();
  }

  @Test
  void namesOfRefusedTypesAreThoseOfAws() {
    assertThat(PostgresTypes.refused(Types.CHAR, "char")).contains("\"CHAR\"");
    assertThat(PostgresTypes.refused(Types.CHAR, "bpchar")).isEmpty();
    assertThat(PostgresTypes.refused(Types.OTHER, "interval")).contains("INTERVAL");
    assertThat(PostgresTypes.refused(Types.TIME, "timetz")).contains("TIMETZ");
    assertThat(PostgresTypes.refused(Types.DOUBLE, "money")).contains("MONEY");
    assertThat(PostgresTypes.refused(Types.OTHER, "point")).contains("POINT");
    assertThat(PostgresTypes.refused(Types.OTHER, "regclass")).contains("regclass");
    assertThat(PostgresTypes.refused(Types.SQLXML, "xml")).contains("xml");
    assertThat(PostgresTypes.refused(Types.STRUCT, "address")).contains("address");
  }

  @Test
  void arraysAreRefusedForTheirElements() {
    assertThat(PostgresTypes.refused(Types.ARRAY, "_int4")).isEmpty();
    assertThat(PostgresTypes.refused(Types.ARRAY, "_bit")).isEmpty();
    assertThat(PostgresTypes.refused(Types.ARRAY, "_mood")).isEmpty();
    assertThat(PostgresTypes.refused(Types.ARRAY, "_regtype")).contains("regtype[]");
    assertThat(PostgresTypes.refused(Types.ARRAY, "_interval")).contains("INTERVAL[]");
  }
}
