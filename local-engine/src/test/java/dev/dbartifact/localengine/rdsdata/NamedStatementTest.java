package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedStatementTest {

  private static NamedStatement parse(String sql) {
    return NamedStatement.parse(sql, Lexis.POSTGRESQL);
  }

  @Test
  void namesBecomeQuestionMarksInTheirOrder() {
    assertThat(parse("select :b, f(:a_1), :b"))
        .isEqualTo(new NamedStatement("select ?, f(?), ?", List.of("b", "a_1", "b")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1",
        "select ':a', 'it''s :a', E'\\':a', \":a\"",
        "select 1 -- :a",
        "select 1 /* :a /* :b */ :c */",
        "select $$ :a $$, $x$ :a $$ :b $x$",
        "select '1'::int, x[1 : 2], f(a := 1)"
      })
  void whatIsNoParameterStays(String sql) {
    assertThat(parse(sql)).isEqualTo(new NamedStatement(sql, List.of()));
  }

  @Test
  void namesCanBeNumbers() {
    assertThat(parse("select :1, :2::int, x[1:2]"))
        .isEqualTo(new NamedStatement("select ?, ?::int, x[1?]", List.of("1", "2", "2")));
  }

  @Test
  void operatorsOfJsonAreNoParametersOfTheDriver() {
    assertThat(parse("select j ? 'a'").sql()).isEqualTo("select j ?? 'a'");
  }

  @Test
  void aSemicolonAtTheEndIsLeftOut() {
    assertThat(parse("select 1 ; -- done").sql()).isEqualTo("select 1  -- done");
  }

  @ParameterizedTest
  @ValueSource(strings = {"select 1; select 2", "begin;commit", "select 1;/* */x"})
  void thereIsOneStatement(String sql) {
    assertThatThrownBy(() -> parse(sql)).hasMessageContaining("Multistatements");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ':a', 'it''s :a', 'it\\'s :a', \":a\", \"\\\":a\", `:a`",
        "select 1 -- :a",
        "select 1 # :a",
        "select 1 /* :a /* :b */",
        "set @a := 1"
      })
  void whatIsNoParameterInMySqlStays(String sql) {
    assertThat(NamedStatement.parse(sql, Lexis.MYSQL))
        .isEqualTo(new NamedStatement(sql, List.of()));
  }

  @Test
  void whatQuotesOrCommentsOnlyInPostgres_doesNotInMySql() {
    assertThat(NamedStatement.parse("select 1--:a, $$:b$$ /* /* */, :c", Lexis.MYSQL))
        .isEqualTo(new NamedStatement("select 1--?, $$?$$ /* /* */, ?", List.of("a", "b", "c")));
  }
}
