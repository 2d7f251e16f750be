package dev.dbartifact.localengine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pool whose file system gives up, as it does when a write fails.
class PoolIT {
  @TempDir Path directory;
  private Pool pool;
  private Path row;

  @BeforeEach
  void open() throws IOException {
    LoopMount.require("mkfs.btrfs", "btrfs-progs");
    pool = Pool.open(directory, PoolSize.of(256L << 20));
    row = Files.writeString(pool.mountPoint().resolve("row"), "1");
  }

  @AfterEach
  void close() throws IOException {
    if (pool != null) {
      pool.close();
      LoopMount.awaitRelease(directory);
    }
  }

  @Test
  void aPoolThatTakesWritesIsNotBroken() throws IOException {
    assertThat(pool.broken()).isFalse();
    assertThat(pool.mounted()).isTrue();
  }

  @Test
  void aPoolThatHasGivenUpTakesWritesOnceItIsMountedAgain() throws IOException {
    giveUp();
    assertThat(pool.broken()).isTrue();

    pool.mountAgain();

    assertThat(pool.broken()).isFalse();
    assertThat(Files.writeString(row, "2")).hasContent("2");
  }

  @Test
  void openingMountsAgainWhatHasGivenUp() throws IOException {
    giveUp();

    pool = Pool.open(directory, PoolSize.none());

    assertThat(pool.broken()).isFalse();
    assertThat(row).hasContent("1");
  }

  @Test
  void whatCouldNotBeMountedAgainCanBeLater() throws IOException {
    giveUp();
    var image = Pool.image(directory);
    var elsewhere = Files.move(image, directory.resolve("elsewhere.img"));
    assertThatIOException().isThrownBy(pool::mountAgain);
    assertThat(pool.broken()).isTrue();
    assertThat(pool.mounted()).isFalse();
    LoopMount.awaitRelease(directory);

    Files.move(elsewhere, image);
    pool.mountAgain();

    assertThat(pool.broken()).isFalse();
    assertThat(row).hasContent("1");
  }

  @Test
  void whereSomethingWorksOnItOneLearnsWhatToDo() throws IOException {
    giveUp();
    try (var _ = Files.newInputStream(row)) {
      assertThatIOException()
          .isThrownBy(pool::mountAgain)
          .withMessageContaining("'stop'")
          .withMessageContaining("fuser -vm " + pool.mountPoint());
    }
    pool.mountAgain();
    assertThat(pool.broken()).isFalse();
  }

  /// As the processes of servers are that have just been ended.
  @Test
  void letGoWaitsForWhatIsOnItsWayOut() throws IOException {
    var leaving = new ProcessBuilder("sleep", "0.5").directory(pool.mountPoint().toFile()).start();

    assertThat(Pool.unmount(directory)).isTrue();

    assertThat(leaving.isAlive()).isFalse();
    assertThat(pool.mounted()).isFalse();
    assertThat(Pool.unmount(directory)).isFalse();
  }

  private void giveUp() throws IOException {
    Program.run("mount", "-o", "remount,ro", pool.mountPoint().toString());
  }
}
