package dev.dbartifact.localengine.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/// Which roles there are, also after a restart.
class RolesTest {

  private static final Clock NOON =
      Clock.fixed(Instant.parse("2030-01-31T12:00:00Z"), ZoneOffset.UTC);

  @TempDir Path memory;

  private Roles roles() {
    return new Roles(memory, "000000000000", NOON);
  }

  private static StoredRole role(Roles roles, String name) {
    return StoredRole.of(
        roles.fresh("/", name).assumeRolePolicyDocument("{}").description("own").build());
  }

  @Test
  void aRoleThatNobodyMadeIsTakenToExistAndNotListed() {
    assertThat(roles().find("loader").settings().arn())
        .isEqualTo("arn:aws:iam::000000000000:role/loader");
    assertThat(roles().made()).extracting(StoredRole::name).containsExactly("AWSServiceRoleForRDS");
  }

  @Test
  void aRoleThatNobodyMadeHasTheLongestSessionsAlsoOnceItIsChanged() {
    var roles = roles();
    assertThat(roles.find("loader").settings().maxSessionDuration()).isEqualTo(43200);
    roles.change("loader", each -> each.attachedTo(List.of("arn:aws:iam::aws:policy/P")));
    assertThat(roles.longestSession("loader")).isEqualTo(43200);
    roles.change("loader", each -> each.with(to -> to.maxSessionDuration(7200)));
    assertThat(roles.longestSession("loader")).isEqualTo(7200);
    assertThat(roles.longestSession("whoever")).isEqualTo(43200);
  }

  @Test
  void whatWasMadeIsThereAfterARestart() {
    var before = roles();
    before.make(role(before, "Watcher,=@+"));
    before.change("Watcher,=@+", each -> each.attachedTo(List.of("arn:aws:iam::aws:policy/P")));
    var after = roles().find("watcher,=@+");
    assertThat(after.settings().description()).isEqualTo("own");
    assertThat(after.settings().createDate()).isEqualTo(NOON.instant());
    assertThat(after.attached()).containsExactly("arn:aws:iam::aws:policy/P");
  }

  @Test
  void whatWasDeletedIsGoneAfterARestartAndCanBeMadeAgain() {
    var before = roles();
    before.change("loader", StoredRole::gone);
    var after = roles();
    assertThatThrownBy(() -> after.find("loader")).isInstanceOf(NoSuchEntityException.class);
    after.make(role(after, "loader"));
    assertThat(after.find("loader").settings().description()).isEqualTo("own");
  }
}
