package dev.dbartifact.localengine.rds.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.server.LogFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogNamesTest {

  @ParameterizedTest
  @CsvSource({
    "postgres-Thu.log,   2030-01-31T12:00:00Z, error/postgresql.log.2030-01-31",
    "mariadb.log,        2030-01-31T12:00:00Z, error/mysql-error.log",
    "mariadb-before.log, 2030-01-31T03:59:59Z, error/mysql-error-running.log.2030-01-31.03",
    "general-before.log, 2030-01-31T03:59:59Z, general/mysql-general.log.2030-01-31.03",
    "slow-before.log,    2030-01-31T03:59:59Z, slowquery/mysql-slowquery.log.2030-01-31.03",
    "general.log,        2030-01-31T12:00:00Z, general/mysql-general.log",
    "slow.log,           2030-01-31T12:00:00Z, slowquery/mysql-slowquery.log",
    "pg_upgrade_precheck.log.1896091200000, 2030-01-31T12:00:00Z, error/pg_upgrade_precheck.log.1896091200000"
  })
  void asRdsCallsThem(String file, Instant written, String name) {
    assertThat(LogNames.of(new LogFile(file, written, 1, null))).contains(name);
  }

  @ParameterizedTest
  @CsvSource({
    "postgres-Fri.log, 2030-01-31T12:00:00Z, error/postgresql.log.2030-02-01",
    "postgres-Wed.log, 2030-01-31T12:00:00Z, error/postgresql.log.2030-01-30",
    "postgres-Mon.log, 2029-12-31T23:59:59Z, error/postgresql.log.2029-12-31"
  })
  void theServersDaysMayBeginAtAnotherTime(String file, Instant written, String name) {
    assertThat(LogNames.of(new LogFile(file, written, 1, null))).contains(name);
  }

  @Test
  void aWeekHasSevenNames() {
    var now = Instant.parse("2030-01-31T12:00:00Z");
    var days = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    assertThat(days)
        .extracting(
            day -> LogNames.of(new LogFile("postgres-" + day + ".log", now, 1, null)).orElseThrow())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "core.1234",
    "postgres-Xyz.log",
    "postgres-Mon.log.bak",
    "start.log",
    "mariadb.log~",
    "pg_upgrade_precheck.log"
  })
  void anythingElseIsNoLog(String file) {
    assertThat(LogNames.of(new LogFile(file, Instant.EPOCH, 1, null))).isEmpty();
  }
}
