package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemPostgresTest {
  @TempDir private Path system;
  @TempDir private Path directory;

  private SystemPostgres postgres;

  @BeforeEach
  void anInstallation() throws IOException {
    postgres = new SystemPostgres(system, "15");
    write("lib/postgresql/15/bin/postgres");
    write("lib/postgresql/15/bin/initdb");
    write("lib/postgresql/15/lib/amcheck.so");
    write("share/postgresql/15/tsearch_data/english.stop");
    write("share/postgresql/15/extension/sslinfo.control");
  }

  private void write(String file) throws IOException {
    var path = system.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, "default_version = '1.0'\n");
  }

  /// The tree that the engine's own programs of PostgreSQL are in.
  private Path tree() throws IOException {
    return postgres.adapt("15.18", directory).resolve("../../../..").toRealPath();
  }

  @Test
  void theProgramIsACopyAtItsPlaceAmongAllThatItLooksFor() throws IOException {
    var home = tree().resolve("lib/postgresql/15");

    assertThat(home.resolve("bin/postgres")).isExecutable();
    assertThat(Files.isSymbolicLink(home.resolve("bin/postgres"))).isFalse();
    assertThat(home.resolve("lib/amcheck.so")).exists();
    assertThat(tree().resolve("share/postgresql/15/tsearch_data/english.stop")).exists();
  }

  @Test
  void onlyTheEnginesOwnExtensionsAreChanged() throws IOException {
    var control = "share/postgresql/15/extension/sslinfo.control";

    assertThat(tree().resolve(control)).content().contains("trusted = true");
    assertThat(system.resolve(control)).content().doesNotContain("trusted");
  }

  @Test
  void aTreeIsMadeOnceForEachStateOfThePackages() throws IOException {
    var first = tree();
    assertThat(tree()).isEqualTo(first);

    write("lib/postgresql/15/bin/postgres");
    Files.writeString(postgres.bin().resolve("postgres"), "another one");

    assertThat(tree()).isNotEqualTo(first);
    assertThat(first).exists();
  }

  @Test
  void theVersionIsAskedForOnceForEachStateOfThePackages() throws IOException {
    says("15.18");
    assertThat(postgres.version(directory)).isEqualTo("15.18");

    tree();
    Files.setPosixFilePermissions(
        postgres.bin().resolve("postgres"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(postgres.version(directory)).isEqualTo("15.18");

    says("15.2");
    assertThat(postgres.version(directory)).isEqualTo("15.2");
  }

  private void says(String version) throws IOException {
    var program = postgres.bin().resolve("postgres");
    Files.writeString(
        program, "#!/bin/sh\necho 'postgres (PostgreSQL) %s (Debian)'\n".formatted(version));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aSystemThatIsLaidOutOtherwiseIsUsedAsItIs() throws IOException {
    Files.delete(system.resolve("share/postgresql/15/extension/sslinfo.control"));
    Files.delete(system.resolve("share/postgresql/15/extension"));

    assertThat(postgres.adapt("15.18", directory)).isEqualTo(postgres.bin());
  }
}
