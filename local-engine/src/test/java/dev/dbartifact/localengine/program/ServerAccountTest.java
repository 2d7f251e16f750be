package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom database servers run as.
class ServerAccountTest {

  private static final Map<String, String> USUAL = Map.of("postgres", "dba", "nobody", "nogroup");

  @Test
  void whoIsNotRootRunsThemAsItself() throws Exception {
    var account = find("ada", USUAL);
    assertThat(account.serverUser()).isEqualTo("ada");
    assertThat(account.as(List.of("postgres"))).containsExactly("postgres");
  }

  @Test
  void rootHandsOverToPostgres() throws Exception {
    var account = find("root", USUAL);
    assertThat(account.engineUser()).isEqualTo("root");
    assertThat(account.serverUser()).isEqualTo("postgres");
    assertThat(account.as(List.of("initdb"))).contains("--reuid=postgres", "--regid=dba");
  }

  @Test
  void whereThereIsNoPostgresItIsNobody() throws Exception {
    var account = find("root", Map.of("nobody", "nogroup"));
    assertThat(account.serverUser()).isEqualTo("nobody");
    assertThat(account.as(List.of("initdb"))).contains("--reuid=nobody", "--regid=nogroup");
  }

  @Test
  void whereThereIsNeitherTheMessageSaysWhatToDo() {
    assertThatThrownBy(() -> find("root", Map.of()))
        .hasMessageContaining("neither a user 'postgres' nor 'nobody'")
        .hasMessageContaining("useradd --system postgres");
  }

  /// As one is that an engine made which was killed at that.
  @Test
  void aFolderIsTheirsAlsoWhereItIsThere(@TempDir Path folder) throws Exception {
    var account = ServerAccount.find();
    var halfMade = Files.createDirectory(folder.resolve("s"));

    account.makeClosed(halfMade);
    account.makeClosed(folder.resolve("new"));

    for (var each : List.of(halfMade, folder.resolve("new"))) {
      assertThat(Files.getOwner(each).getName()).isEqualTo(account.serverUser());
    }
  }

  private static ServerAccount find(String engineUser, Map<String, String> groups)
      throws Exception {
    return ServerAccount.find(engineUser, user -> Optional.ofNullable(groups.get(user)));
  }
}
