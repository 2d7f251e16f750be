package dev.dbartifact.localengine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.dbartifact.localengine.volume.LoopMount;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// A file system that has no room, or no inodes, for one more volume.
class FullDiskIT {
  private static final StorageId SOURCE = new StorageId("source");

  @TempDir Path temporary;

  static Stream<Arguments> smallFileSystems() {
    return Stream.of(
        Arguments.of("bytes", 300L << 20, List.of("-N", "60000")),
        Arguments.of("inodes", 600L << 20, List.of("-N", "6000")));
  }

  @ParameterizedTest(name = "no {0} left")
  @MethodSource("smallFileSystems")
  void whatDoesNotFitLeavesNothingAndHarmsNobody(String what, long bytes, List<String> options)
      throws Exception {
    Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (var disk = LoopMount.ext4(temporary, bytes, options)) {
      var directory = Files.createDirectory(disk.path().resolve("data"));
      // Volumes that are already kept as plain copies: no pool is made beside them.
      Files.createDirectories(directory.resolve("volumes/old"));
      try (var host = PostgresHost.open(directory, PostgresHost.Options.defaults())) {
        assertThat(host.storageKind()).isEqualTo("plain copy");
        var version = host.installedVersions().getFirst();
        host.create(
            SOURCE,
            new NewDatabase(version, "admin", new Secret("s3cretpass"), Optional.of("shop")));

        var made = new TreeSet<>(Set.of(SOURCE));
        assertThatExceptionOfType(HostException.OutOfSpace.class)
            .isThrownBy(() -> copyUntilItFails(host, made))
            .withMessageContaining("Could not copy 'source' to")
            .withMessageContaining("No space left on device");
        assertThat(host.stored()).isEqualTo(made);

        made.stream().filter(id -> !id.equals(SOURCE)).forEach(id -> discard(host, id));
        serves(host);
      }
      assertThat(directory.resolve("trash")).isEmptyDirectory();
    }
    LoopMount.awaitRelease(temporary);
  }

  private static void copyUntilItFails(PostgresHost host, Set<StorageId> made)
      throws HostException {
    for (var number = 1; number <= 20; number++) {
      var copy = new StorageId("copy-" + number);
      host.copy(SOURCE, copy, CloneKind.FULL_COPY);
      made.add(copy);
    }
  }

  private static void discard(PostgresHost host, StorageId id) {
    try {
      host.discard(id);
    } catch (HostException e) {
      throw new AssertionError(e);
    }
  }

  private static void serves(PostgresHost host) throws Exception {
    var listen = HostFixture.freeAddress();
    host.start(SOURCE, listen);
    assertThat(new Sql(listen, "admin", "s3cretpass", "shop").value("SELECT 1")).isEqualTo("1");
  }
}
