package dev.dbartifact.localengine.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.localengine.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostsFileTest {

  private static final String OTHERS = "127.0.0.1 localhost\n";

  @TempDir Path folder;

  private static Host host(String engine) {
    return new Host("127.77.0.1", "shop.cluster-" + engine + ".us-west-2.rds.amazonaws.com");
  }

  private Path file() throws IOException {
    return Files.writeString(folder.resolve("hosts"), OTHERS);
  }

  @Test
  void keepsItsModeAndLeavesNothingBeside() throws IOException {
    var file = file();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    var hosts = new HostsFile(file, "cengine");

    hosts.write(List.of(host("cengine")));

    assertThat(file).content().startsWith(OTHERS).contains(host("cengine").name());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-r--");
    assertThat(folder).isDirectoryContaining(each -> each.equals(file));
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
    hosts.clear();
    assertThat(file).hasContent(OTHERS);
  }

  @Test
  void isMadeWhereThereIsNoneAndStaysWhenItsLinesGo() throws IOException {
    var hosts = new HostsFile(folder.resolve("own"), "cengine");

    hosts.write(List.of(host("cengine")));
    hosts.clear();
    hosts.clear();

    assertThat(folder.resolve("own")).isEmptyFile();
  }

  @Test
  void isWrittenThroughALink() throws IOException {
    var link = Files.createSymbolicLink(folder.resolve("link"), file());

    new HostsFile(link, "cengine").write(List.of(host("cengine")));

    assertThat(link).isSymbolicLink();
    assertThat(folder.resolve("hosts")).content().contains(host("cengine").name());
  }

  @Test
  void isNotTouchedWhereItSaysTheSameAlready() throws IOException {
    var file = file();
    var hosts = new HostsFile(file, "cengine");
    hosts.write(List.of(host("cengine")));
    var before = Files.readAttributes(file, BasicFileAttributes.class);

    hosts.write(List.of(host("cengine")));

    var after = Files.readAttributes(file, BasicFileAttributes.class);
    assertThat(after.fileKey()).isEqualTo(before.fileKey());
    assertThat(after.lastModifiedTime()).isEqualTo(before.lastModifiedTime());
  }

  @Test
  void enginesThatWriteAtATimeKeepEachOthersLines() throws Exception {
    var file = file();
    var engines = IntStream.range(0, 8).mapToObj(at -> "cengine" + at).toList();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var written :
          threads.invokeAll(engines.stream().map(each -> writing(file, each)).toList())) {
        written.get();
      }
    }

    assertThat(file).content().contains(engines.stream().map(each -> host(each).name()).toList());
    for (var engine : engines) {
      new HostsFile(file, engine).clear();
    }
    assertThat(file).hasContent(OTHERS);
  }

  private static Callable<Void> writing(Path file, String engine) {
    return () -> {
      new HostsFile(file, engine).write(List.of(host(engine)));
      return null;
    };
  }

  @Test
  void whoMayReadItCannotHoldUpTheEngineByALock() throws Exception {
    var file = file();
    try (var _ = LockHolder.shared(file)) {
      var hosts = new HostsFile(file, "cengine", Duration.ofMillis(20));

      assertThatIOException()
          .isThrownBy(() -> hosts.write(List.of(host("cengine"))))
          .withMessageContaining("lock");
      assertThat(file).hasContent(OTHERS);
    }
  }

  @Test
  void anotherProcessThatWritesIsWaitedForAndKeepsItsLine() throws Exception {
    var file = file();
    var hosts = new HostsFile(file, "cengine", Duration.ofMinutes(1));
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var other = LockHolder.exclusive(file)) {
      var written =
          threads.submit(() -> {
            hosts.write(List.of(host("cengine")));
            return null;
          });

      assertThatThrownBy(() -> written.get(50, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      other.appendAndLetGo("127.77.0.2 its.line");
      written.get(Waiting.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    assertThat(file).content().contains("127.77.0.2 its.line", host("cengine").name());
  }

  @Test
  void aFolderIsNone() {
    assertThatIOException().isThrownBy(() -> new HostsFile(folder, "cengine").write(List.of()));
  }
}
