package dev.dbartifact.localengine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpProgramsTest {

  @TempDir Path folder;

  private void program(String major, String name) throws IOException {
    var bin = Files.createDirectories(folder.resolve(major).resolve("bin"));
    var file = Files.writeString(bin.resolve(name), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private void both(String major) throws IOException {
    program(major, "pg_dump");
    program(major, "pg_restore");
  }

  private Integer between(int from, int to) throws IOException {
    return DumpPrograms.between(DumpPrograms.in(folder), from, to)
        .map(DumpPrograms::major)
        .orElse(null);
  }

  @Test
  void whereThereIsNoFolderThereAreNone() throws Exception {
    assertThat(DumpPrograms.in(folder.resolve("none"))).isEmpty();
  }

  @Test
  void bothProgramsAreNeeded() throws Exception {
    program("15", "pg_dump");
    assertThat(DumpPrograms.in(folder)).isEmpty();
  }

  @Test
  void whatIsOlderThanTheSourceOrNewerThanTheTargetIsOfNoUse() throws Exception {
    both("14");
    both("18");
    assertThat(between(15, 17)).isNull();
    assertThat(between(14, 17)).isEqualTo(14);
    assertThat(between(17, 18)).isEqualTo(18);
  }

  @Test
  void theNewestThatFitsIsTaken() throws Exception {
    both("9");
    both("15");
    both("16");
    assertThat(between(15, 17)).isEqualTo(16);
    assertThat(between(9, 15)).isEqualTo(15);
  }
}
