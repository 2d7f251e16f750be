package dev.dbartifact.localengine.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.dbartifact.testing.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hosts file that is a mount, as `/etc/hosts` is in a container: it cannot be replaced.
class HostsFileIT {

  private static final String OTHERS = "127.0.0.1 localhost\n";
  private static final Host SHOP =
      new Host("127.77.0.1", "shop.cluster-cengine.us-west-2.rds.amazonaws.com");

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void mount() throws Exception {
    Prerequisites.root("mount");
    file = Files.writeString(folder.resolve("hosts"), OTHERS);
    run("mount", "--bind", file.toString(), file.toString());
  }

  @AfterEach
  void unmount() throws Exception {
    if (file != null) {
      run("umount", file.toString());
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
  }

  private Object key() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Test
  void isWrittenInPlace() throws Exception {
    var before = key();
    var hosts = new HostsFile(file, "cengine");

    hosts.write(List.of(SHOP));

    assertThat(key()).isEqualTo(before);
    assertThat(file).content().startsWith(OTHERS).contains(SHOP.name());
    hosts.clear();
    assertThat(file).hasContent(OTHERS);
    try (var entries = Files.list(folder)) {
      assertThat(entries).containsExactly(file);
    }
  }

  @Test
  void whatCannotBeWrittenIsAnErrorOnlyWhereThereIsSomethingToWrite() throws Exception {
    var hosts = new HostsFile(file, "cengine");
    hosts.write(List.of(SHOP));
    run("mount", "-o", "remount,bind,ro", file.toString());

    assertThatIOException().isThrownBy(hosts::clear);
    assertThatIOException().isThrownBy(() -> hosts.write(List.of()));
    new HostsFile(file, "cother").clear();
    assertThat(file).content().contains(SHOP.name());
  }
}
