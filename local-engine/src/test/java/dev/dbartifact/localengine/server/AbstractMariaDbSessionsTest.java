package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.mariadb.EngineStatements;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What users let sessions begin with. The engine's own begin with it, too, and so does what a
/// server runs before it takes logins.
abstract class AbstractMariaDbSessionsTest extends MariaDbHostFixture {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sql_safe_updates        | 1",
        "max_join_size           | 1",
        "max_session_mem_used    | 8192",
        "tmp_disk_table_size     | 1024",
        "sort_buffer_size        | 1024",
        "sql_mode                | PAD_CHAR_TO_FULL_LENGTH"
      })
  void noneDisturbsTheEngine(String name, String value) throws Exception {
    create(SOURCE);
    var listen = freeAddress();
    var chosen = Map.of(name, value);
    host.start(SOURCE, listen, chosen);
    host.stop(SOURCE);
    host.start(SOURCE, listen, chosen);
    follow(master(listen), READER, chosen);
    var second = new StorageId("reader-2");
    var third = new Listen(InetAddress.ofLiteral("127.0.0.3"), listen.port());
    host.follow(SOURCE, second, third, chosen);

    host.unfollow(SOURCE, READER);

    assertThat(kept()).isEqualTo("300");
    assertThat(host.endOfFollowing(second)).isEmpty();
    changePassword();
    host.reload(SOURCE, listen, chosen);
    host.unfollow(SOURCE, second);
    assertThat(kept()).isEqualTo("1");
  }

  private void changePassword() throws HostException {
    host.changeMasterPassword(
        SOURCE, "root", Verifier.of(ServerKind.MARIADB, new Secret(PASSWORD)));
  }

  private String kept() throws IOException {
    return EngineStatements.value(server(SOURCE), KEPT);
  }
}
