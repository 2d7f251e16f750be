package dev.dbartifact.rds;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ErrorTableTest {
  private static final String ANSWER =
      "Some of the subnets to be deleted are currently in use: subnet-0a1b2c3d4e5f60718";

  @Test
  void aSubnetThatIsInUseIsNotGivenUpByTryingAgain() {
    assertThat(ErrorTable.meaning("SubnetAlreadyInUse")).isEqualTo(ErrorMeaning.NEEDS_ACTION);
    assertThat(ErrorTable.advice("SubnetAlreadyInUse", ANSWER)).contains("Keep the subnets");
  }
}
