package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
  private static final String ANOTHER_BOOT = "00000000-1111-2222-3333-444444444444";

  @TempDir Path volume;

  @Test
  void whatIsNoCloneAlwaysWaitsForTheDisk() throws IOException {
    var start = new FirstStart(volume);

    assertThat(start.begins()).isFalse();
    assertThat(start.isUnflushed()).isFalse();
    assertThat(start.isLost()).isFalse();
  }

  @Test
  void aCloneDoesNotUntilItIsFlushed() throws IOException {
    var start = new FirstStart(volume);
    start.comes();
    assertThat(start.isUnflushed()).isFalse();

    assertThat(start.begins()).isTrue();
    assertThat(start.begins()).as("after its server was killed").isTrue();
    assertThat(start.isUnflushed()).isTrue();
    assertThat(start.isLost()).isFalse();

    start.ends();
    assertThat(start.isUnflushed()).isFalse();
    assertThat(start.begins()).isFalse();
  }

  @Test
  void aCloneThatWasNotFlushedWhenTheMachineWentDownIsLost() throws IOException {
    Files.writeString(volume.resolve("unflushed"), ANOTHER_BOOT);

    assertThat(new FirstStart(volume).isLost()).isTrue();
  }

  /// It is on the disk before a server works on the clone.
  @Test
  void theNameOfABootThatIsCutOffTellsOfNoLoss() throws IOException {
    for (var length = 0; length < ANOTHER_BOOT.length(); length++) {
      Files.writeString(volume.resolve("unflushed"), ANOTHER_BOOT.substring(0, length));

      assertThat(new FirstStart(volume).isLost()).as("after %d characters", length).isFalse();
    }
  }

  /// A full disk takes the file, and nothing or little in it, at the attempt before.
  @Test
  void theNameOfTheBootIsWholeBeforeAServerWorksOnTheClone() throws IOException {
    var boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    for (var length = 0; length < boot.length(); length++) {
      var start = new FirstStart(volume);
      start.comes();
      Files.writeString(volume.resolve("unflushed"), boot.substring(0, length));

      assertThat(start.begins()).isTrue();
      assertThat(volume.resolve("unflushed")).as("after %d characters", length).hasContent(boot);
    }
  }

  /// The engine was killed between the two.
  @Test
  void aCloneOnWhichAServerBeganIsNotFreshAnyMore() throws IOException {
    var start = new FirstStart(volume);
    start.comes();
    start.begins();
    Files.writeString(volume.resolve("fresh"), "");

    assertThat(start.begins()).isTrue();
    start.ends();
    assertThat(start.begins()).isFalse();
  }

  @Test
  void aCloneOfAnUnflushedCloneIsFresh() throws IOException {
    Files.writeString(volume.resolve("unflushed"), ANOTHER_BOOT);
    var start = new FirstStart(volume);

    start.comes();

    assertThat(start.isLost()).isFalse();
    assertThat(start.begins()).isTrue();
  }
}
