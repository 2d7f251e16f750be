package dev.dbartifact.builder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {
  @TempDir Path folder;

  @Test
  void followsTheSpecification() throws Exception {
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "/x", "HOME", "/h")))
        .isEqualTo(Path.of("/x/db-artifact"));
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "x", "HOME", "/h")))
        .isEqualTo(Path.of("/h/.cache/db-artifact"));
  }

  @Test
  void withoutAHome_itIsTheUsersAlone_andUsedAgain() throws Exception {
    var own = CacheFolder.ownAmongTemporary(folder);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(own)))
        .isEqualTo("rwx------");
    assertThat(CacheFolder.ownAmongTemporary(folder)).isEqualTo(own);
  }

  @Test
  void aFolderThatOthersCanReadIsNotUsed() throws Exception {
    var own = CacheFolder.ownAmongTemporary(folder);
    Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRefused();
  }

  @Test
  void aLinkThatSomebodyPreparedIsNotFollowed() throws Exception {
    var own = CacheFolder.ownAmongTemporary(folder);
    Files.move(own, folder.resolve("elsewhere"));
    Files.createSymbolicLink(own, folder.resolve("elsewhere"));
    assertRefused();
  }

  private void assertRefused() {
    assertThatThrownBy(() -> CacheFolder.ownAmongTemporary(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("XDG_CACHE_HOME");
  }
}
