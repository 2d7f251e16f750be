package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirstStartTest {
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
    Files.writeString(volume.resolve("unflushed"), "another-boot");

    assertThat(new FirstStart(volume).isLost()).isTrue();
  }

  @Test
  void aCloneOfAnUnflushedCloneIsFresh() throws IOException {
    Files.writeString(volume.resolve("unflushed"), "another-boot");
    var start = new FirstStart(volume);

    start.comes();

    assertThat(start.isLost()).isFalse();
    assertThat(start.begins()).isTrue();
  }
}
