package dev.dbartifact.localengine.rdsdata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rdsdata.model.BadRequestException;

class StatementRulesTest {

  private static final String LONGEST = "x".repeat(65536);

  @Test
  void aStatementHasAtMostSoManyCharacters() {
    assertThat(StatementRules.text(LONGEST)).isEqualTo(LONGEST);
    try (var data =
        new LocalRdsData(
            _ -> Optional.empty(), _ -> "{}", Clock.systemUTC(), Duration.ofSeconds(1))) {
      assertThatThrownBy(() -> data.executeStatement(r -> r.sql(LONGEST + "x")))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("longer than 65536");
      assertThatThrownBy(() -> data.batchExecuteStatement(r -> r.sql(LONGEST + "x")))
          .isInstanceOf(BadRequestException.class)
          .hasMessageContaining("longer than 65536");
    }
  }
}
