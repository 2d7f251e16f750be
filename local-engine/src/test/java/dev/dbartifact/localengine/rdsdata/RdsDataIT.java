package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rdsdata.model.ArrayValue;
import software.amazon.awssdk.services.rdsdata.model.BadRequestException;
import software.amazon.awssdk.services.rdsdata.model.DatabaseErrorException;
import software.amazon.awssdk.services.rdsdata.model.Field;
import software.amazon.awssdk.services.rdsdata.model.UnsupportedResultException;

/// Statements over RDS Data, run by a real server: values, types and counts.
class RdsDataIT extends RdsDataFixture {

  @Test
  void valuesKeepTheirTypes() {
    assertThat(one("select 7::bigint")).isEqualTo(Field.fromLongValue(7L));
    assertThat(one("select 1.5::real")).isEqualTo(Field.fromDoubleValue(1.5));
    assertThat(one("select 2.50::numeric")).isEqualTo(Field.fromStringValue("2.50"));
    assertThat(one("select true")).isEqualTo(Field.fromBooleanValue(true));
    assertThat(one("select null")).isEqualTo(Field.fromIsNull(true));
    assertThat(one("select array['a',null]").arrayValue().stringValues())
        .containsExactly("a", null);
    assertThat(one("select '2030-01-02 03:04:05+02'::timestamptz").stringValue())
        .isEqualTo("2030-01-02 01:04:05");
  }

  @Test
  void decimalsAreNumbersWhereThatIsAskedFor() {
    assertThat(number("3::numeric")).isEqualTo(Field.fromLongValue(3L));
    assertThat(number("-9223372036854775808::numeric"))
        .isEqualTo(Field.fromLongValue(Long.MIN_VALUE));
    assertThat(number("9223372036854775808::numeric")).isEqualTo(Field.fromDoubleValue(0x1p63));
    assertThat(number("2.50::numeric")).isEqualTo(Field.fromDoubleValue(2.5));
    assertThat(number("2.00::numeric(8,2)")).isEqualTo(Field.fromDoubleValue(2.0));
    assertThat(number("'NaN'::numeric")).isEqualTo(Field.fromDoubleValue(Double.NaN));
    assertThat(number("'-Infinity'::numeric"))
        .isEqualTo(Field.fromDoubleValue(Double.NEGATIVE_INFINITY));
    assertThat(number("null::numeric")).isEqualTo(Field.fromIsNull(true));
  }

  private Field number(String expression) {
    return data.executeStatement(r ->
            r.resourceArn(ARN)
                .secretArn("secret")
                .sql("select " + expression)
                .resultSetOptions(o -> o.decimalReturnType("DOUBLE_OR_LONG")))
        .records()
        .getFirst()
        .getFirst();
  }

  @Test
  void timesAreInUtcWithThreeDigitsOfAFractionOrSix() {
    assertThat(one("select '14:30:45.5'::time").stringValue()).isEqualTo("14:30:45.500");
    assertThat(one("select '2030-01-02 03:04:05.1234+02'::timestamptz").stringValue())
        .isEqualTo("2030-01-02 01:04:05.123400");
    assertThat(array("select '{2030-01-02 03:04:05,NULL}'::timestamp[]").stringValues())
        .containsExactly("2030-01-02 03:04:05", null);
    assertThat(array("select '{2030-01-02 03:04:05.5+02}'::timestamptz[]").stringValues())
        .containsExactly("2030-01-02 01:04:05.500");
  }

  @Test
  void arraysHaveTheTypeOfTheirElements() {
    assertThat(array("select '{}'::int[]").hasLongValues()).isTrue();
    assertThat(array("select array[1,null]").longValues()).containsExactly(1L, null);
    assertThat(array("select '{3.14,2.71}'::real[]").doubleValues()).containsExactly(3.14, 2.71);
    assertThat(array("select '{1.10}'::numeric[]").stringValues()).containsExactly("1.10");
    assertThat(array("select '{t,f}'::bool[]").booleanValues()).containsExactly(true, false);
    assertThat(array("select array['{a','\"b']").stringValues()).containsExactly("{a", "\"b");
  }

  private ArrayValue array(String sql) {
    return one(sql).arrayValue();
  }

  @Test
  void arraysOfMoreDimensionsAreRefused() {
    assertThatThrownBy(() -> sql("select '[0:0][1:1]={{1}}'::int[]"))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageStartingWith("The result contains a multidimensional array.");
  }

  @Test
  void aTypeThatCannotBeSaidIsRefusedOnceThereIsAValue() {
    assertThat(sql("select '1 day'::interval where false").records()).isEmpty();
    assertThat(one("select null::interval").isNull()).isTrue();
    assertThatThrownBy(() -> sql("select relkind from pg_class"))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageStartingWith("The result contains the unsupported data type \"CHAR\".");
    assertThat(one("select relkind::text from pg_class limit 1").stringValue()).hasSize(1);
    assertThat(one("select '[1,10)'::int4range").stringValue()).isEqualTo("[1,10)");
  }

  @Test
  void rowsAsJsonAreObjectsByLabel() {
    assertThat(
            json(
                "select 1 as i, 2.50 as n, true as b, null as x, '\\x68'::bytea as y, array[1] as a"))
        .isEqualTo("[{\"i\":1,\"n\":\"2.50\",\"b\":true,\"x\":null,\"y\":\"aA==\",\"a\":[1]}]");
    assertThatThrownBy(() -> json("select 1 as a, 2 as a"))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining("several columns have the same name");
  }

  private String json(String sql) {
    return data.executeStatement(
            r -> r.resourceArn(ARN).secretArn("secret").sql(sql).formatRecordsAs("JSON"))
        .formattedRecords();
  }

  @Test
  void hintsMakeTypesOfText() {
    assertThat(one("select :a + 1", text("a", "2030-01-31", "DATE")).stringValue())
        .isEqualTo("2030-02-01");
    assertThat(one("select :a * 2", text("a", "1.25", "DECIMAL")).stringValue()).isEqualTo("2.50");
    assertThat(one("select :a::jsonb ->> 'x'", text("a", "{\"x\":\"y\"}", "JSON")).stringValue())
        .isEqualTo("y");
    assertThatThrownBy(() -> sql("select :a", text("a", "tomorrow", "DATE")))
        .hasMessageStartingWith("'tomorrow' is not of the type DATE");
  }

  @Test
  void changesAreCounted() {
    assertThat(
            sql("insert into item (name) values ('counted'), ('counted')").numberOfRecordsUpdated())
        .isEqualTo(2);
    assertThat(sql("insert into item (name) values ('counted') returning name").records())
        .containsExactly(List.of(Field.fromStringValue("counted")));
    assertThat(items("counted")).isEqualTo(3);
  }

  @Test
  void theServersWordsAreTheFault() {
    assertThatThrownBy(() -> sql("select * from nowhere"))
        .isInstanceOfSatisfying(
            DatabaseErrorException.class,
            e ->
                assertThat(e.awsErrorDetails().errorMessage())
                    .isEqualTo(
                        "ERROR: relation \"nowhere\" does not exist; Position: 15; SQLState: 42P01"));
  }

  @Test
  void emptyTextsAreNotGiven() {
    var response =
        data.executeStatement(r ->
            r.resourceArn(ARN).secretArn("secret").sql("select 1").transactionId("").database(""));
    assertThat(response.records()).containsExactly(List.of(Field.fromLongValue(1L)));
  }

  @Test
  void aPlaceOfPostgresIsNoParameter() {
    assertThatThrownBy(() -> sql("select $1::text")).isInstanceOf(DatabaseErrorException.class);
  }

  @Test
  void hugeResultsAreRefused() {
    assertThat(one("select repeat('x', 100000)").stringValue()).hasSize(100_000);
    var uuids = "select md5(v::text)::uuid from generate_series(1, %d) v";
    assertThat(sql(uuids.formatted(24_800)).records()).hasSize(24_800);
    assertThatThrownBy(() -> sql(uuids.formatted(25_000)))
        .isInstanceOf(UnsupportedResultException.class)
        .hasMessageStartingWith("The result exceeds the size limit 1 MB.");
    assertThatThrownBy(() -> sql("select repeat('x', 10000) from generate_series(1, 100000)"))
        .isInstanceOf(UnsupportedResultException.class);
    assertThat(one("select 1").longValue()).isEqualTo(1);
  }
}
