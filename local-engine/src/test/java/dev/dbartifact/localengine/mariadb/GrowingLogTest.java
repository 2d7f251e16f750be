package dev.dbartifact.localengine.mariadb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowingLogTest {
  @TempDir Path folder;

  private MariaDbFiles files;

  @BeforeEach
  void name() {
    files = new MariaDbFiles(folder, folder, folder, folder);
  }

  @Test
  void oneThatWasPutAwayAndIsStillWrittenHasAServerThatWasNotTold() throws Exception {
    var log = written("general.log");
    GrowingLog.GENERAL.putAway(files);
    assertThat(GrowingLog.untold(files)).isEmpty();

    Files.writeString(folder.resolve("general-before.log"), "more");
    assertThat(GrowingLog.untold(files)).containsExactly(GrowingLog.GENERAL);

    Files.writeString(log, "another");
    assertThat(GrowingLog.untold(files)).isEmpty();
  }

  @Test
  void oneThatHasGoneMeanwhileNeedNotBePutAway() {
    assertThatCode(() -> GrowingLog.ERROR.putAway(files)).doesNotThrowAnyException();
  }

  /// A while ago.
  private Path written(String name) throws IOException {
    var file = Files.writeString(folder.resolve(name), "text");
    return Files.setLastModifiedTime(file, FileTime.fromMillis(1000));
  }
}
