package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsFileTest {

  @Test
  void whatChangedIsSetAndWhatIsGoneGetsTheServersDefault() {
    var before = Map.of("port", "3306", "sql_mode", "ANSI", "default_time_zone", "+01:00");
    var now = Map.of("port", "3306", "sql_mode", "", "long_query_time", "2");

    var changed = SettingsFile.changed(before, now);

    assertThat(changed)
        .containsOnlyKeys("sql_mode", "time_zone", "long_query_time")
        .containsEntry("sql_mode", "")
        .containsEntry("time_zone", null)
        .containsEntry("long_query_time", "2");
  }
}
