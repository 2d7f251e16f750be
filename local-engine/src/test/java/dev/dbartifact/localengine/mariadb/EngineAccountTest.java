package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EngineAccountTest {
  private static final EngineAccount ACCOUNT = new EngineAccount("o'neil");

  /// `HOSTNAME_LENGTH` in `sql/sql_const.h` of MariaDB is 255.
  @Test
  void itsHostIsLongerThanAnyInAStatement_andFitsIntoTheTable() {
    assertThat(EngineAccount.HOST).hasSize(256).matches("localhost%+");
    assertThat(EngineAccount.room()).contains("varchar(256)");
  }

  @Test
  void itIsMovedFromWhereUsersCannotMakeAnother_first() {
    assertThat(ACCOUNT.arrival().get(1)).startsWith("update ignore").contains("'LOCALHOST'");
    assertThat(ACCOUNT.arrival().get(2)).startsWith("update ignore").contains("'localhost'");
    assertThat(ACCOUNT.arrival().get(3)).startsWith("delete").doesNotContain(EngineAccount.HOST);
  }

  @Test
  void aStartWritesNothingWhereNothingIsInItsWay() {
    assertThat(ACCOUNT.atStart())
        .startsWith("SET SESSION sql_log_bin = 0;\ndelete from mysql.global_priv where User in (")
        .contains("where not exists", "= 0, 'DO 0', 'FLUSH PRIVILEGES')")
        .doesNotContain("o'neil", EngineAccount.HOST);
  }
}
