package dev.dbartifact.converger.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What MySQL 8 answers to a statement that is run a second time.
class MarkedExecutorTest {

  @ParameterizedTest
  @CsvSource({
    "ADD COLUMN, 1060, Duplicate column name 'price'",
    "ADD CONSTRAINT CHECK, 3822, Duplicate check constraint name 'paid'.",
    "DROP CHECK, 3821, Check constraint 'paid' is not found in the table.",
    "DROP CONSTRAINT, 3940, Constraint 'paid' does not exist.",
    "ADD PARTITION, 1517, Duplicate partition name p1",
    "DROP PARTITION, 1507, Error in list of partitions to DROP"
  })
  void whatTookEffectAlreadyIsKnownByTheAnswer(String statement, int code, String text) {
    assertThat(MarkedExecutor.saysAlready(new SQLException(text, "HY000", code)))
        .as(statement)
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "1064, You have an error in your SQL syntax",
    "1062, Duplicate entry '1' for key 'PRIMARY'",
    "3819, Check constraint 'paid' is violated."
  })
  void anyOtherRefusalIsAFailure(int code, String text) {
    assertThat(MarkedExecutor.saysAlready(new SQLException(text, "HY000", code))).isFalse();
  }
}
