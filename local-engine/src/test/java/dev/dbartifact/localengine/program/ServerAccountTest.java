package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

  private static ServerAccount find(String engineUser, Map<String, String> groups)
      throws Exception {
    return ServerAccount.find(engineUser, user -> Optional.ofNullable(groups.get(user)));
  }
}
