package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which settings servers have, and when, whatever keeps their files.
class PostgresSettingsIT extends HostFixture {

  @Override
  Path prepare(Path temporary) throws IOException {
    return Files.createDirectory(temporary.resolve("data"));
  }

  @Test
  void settingsAreTakenAtTheStartAndWhereTheyCanChangeLater() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen, Map.of("max_connections", "33", "work_mem", "8192"));
    var shop = new Sql(listen, "admin", PASSWORD, "shop");
    assertThat(shop.value("SHOW max_connections")).isEqualTo("33");
    assertThat(shop.value("SHOW work_mem")).isEqualTo("8MB");

    assertThat(host.reload(SOURCE, listen, Map.of("max_connections", "44", "work_mem", "16384")))
        .isEmpty();
    assertThat(shop.value("SHOW work_mem")).isEqualTo("16MB");
    assertThat(shop.value("SHOW max_connections")).isEqualTo("33");
  }

  /// A text search configuration is looked for in the database of whoever uses it: the server takes
  /// any, and the engine's own database has not that of a user's.
  @Test
  void aServerThatRunsSaysWhichValuesItRefusesAndTakesTheOthers() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen, Map.of("log_timezone", "Europe/Berlin"));
    var shop = new Sql(listen, "admin", PASSWORD, "shop");
    shop.execute("CREATE TEXT SEARCH CONFIGURATION public.own (COPY = simple)");

    var refused =
        host.reload(
            SOURCE,
            listen,
            Map.of(
                "timezone", "Mars/Phobos",
                "log_timezone", "Mars/Phobos",
                "datestyle", "backwards",
                "default_text_search_config", "public.own",
                "work_mem", "16384"));

    assertThat(refused).containsOnlyKeys("timezone", "log_timezone", "datestyle");
    assertThat(refused.get("timezone")).isEqualTo("setting could not be applied");
    assertThat(shop.value("SHOW work_mem")).isEqualTo("16MB");
    assertThat(shop.value("SHOW default_text_search_config")).isEqualTo("public.own");
    assertThat(shop.value("SHOW log_timezone")).isEqualTo("Europe/Berlin");
  }

  @Test
  void aServerStartsWithWhatItHasTakenWhileItRan() throws Exception {
    var listen = freeAddress();
    host.start(create(SOURCE), listen, Map.of());
    var refused = Map.of("timezone", "Mars/Phobos");

    assertThat(host.reload(SOURCE, listen, refused)).containsOnlyKeys("timezone");
    host.stop(SOURCE);

    assertThatThrownBy(() -> host.start(SOURCE, listen, refused))
        .hasMessageContaining("invalid value for parameter \"TimeZone\": \"Mars/Phobos\"");
    host.start(SOURCE, listen, Map.of("default_text_search_config", "public.none"));
  }
}
