package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionFileTest {

  @Test
  void anEmptyOneHasItsSectionOnly() {
    assertThat(OptionFile.write(Map.of())).isEqualTo("[mariadbd]\n");
    assertThat(OptionFile.parse("[mariadbd]\n")).isEmpty();
  }

  @Test
  void valuesAreQuotedAndReadBack() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("port", "3306");
    settings.put("init_connect", "SET @a = \"#x\\y\"");

    var text = OptionFile.write(settings);

    assertThat(text)
        .isEqualTo("[mariadbd]\nport=\"3306\"\ninit_connect=\"SET @a = \\\"#x\\\\y\\\"\"\n");
    assertThat(OptionFile.parse(text)).isEqualTo(settings);
  }
}
