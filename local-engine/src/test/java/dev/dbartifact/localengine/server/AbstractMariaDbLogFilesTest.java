package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a server of MariaDB says in files, which nobody clears away.
abstract class AbstractMariaDbLogFilesTest extends MariaDbHostFixture {
  private static final int MUCH = 9 << 20;

  @Test
  void logsThatHaveBecomeLongArePutAwayWhileTheServerRuns() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(
        SOURCE, listen, Map.of("general_log", "1", "slow_query_log", "1", "long_query_time", "0"));
    var source = master(listen);
    var pid = pid(SOURCE);
    Files.write(log("mariadb"), new byte[MUCH], StandardOpenOption.APPEND);
    for (var part = 0; part < 9; part++) {
      source.value("SELECT length('%s')".formatted("x".repeat(1 << 20)));
    }

    for (var name : new String[] {"mariadb", "general", "slow"}) {
      await(name, PATIENCE, () -> Files.exists(log(name)) && Files.size(log(name)) < MUCH / 2);
      assertThat(Files.size(log(name + "-before"))).as(name).isGreaterThan(8 << 20);
    }

    source.value("SELECT 'afterwards'");
    assertThat(log("general")).content().contains("SELECT 'afterwards'");
    assertThat(log("slow")).content().contains("SELECT 'afterwards'");
    assertThat(pid(SOURCE)).isEqualTo(pid);
    try (var all = Files.list(log("general").getParent())) {
      assertThat(all).hasSize(6);
    }
  }

  /// As an engine does that is killed before it has told the server.
  @Test
  void aServerThatGoesOnWithOneThatIsPutAwayIsToldToBeginAnother() throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    host.start(SOURCE, listen, Map.of("general_log", "1"));
    Files.move(log("general"), log("general-before"));

    master(listen).value("SELECT 'meanwhile'");

    await("another one", PATIENCE, () -> Files.exists(log("general")));
    assertThat(log("general-before")).content().contains("SELECT 'meanwhile'");
    master(listen).value("SELECT 'afterwards'");
    assertThat(log("general")).content().contains("SELECT 'afterwards'");
  }

  @Test
  void aShortOneStaysAsItIs() throws Exception {
    create(SOURCE);
    var source = started(SOURCE);
    var size = Files.size(log("mariadb"));

    host.start(SOURCE, source.listen());
    host.stop(SOURCE);

    assertThat(Files.size(log("mariadb"))).isGreaterThan(size);
    assertThat(log("mariadb-before")).doesNotExist();
  }

  private Path log(String name) {
    return dataDirectory.resolve("log").resolve(SOURCE.value()).resolve(name + ".log");
  }
}
