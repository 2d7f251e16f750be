package dev.dbartifact.localengine.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a program is told to be an engine's.
class EngineMarkTest {
  @TempDir Path directory;

  @Test
  void itTellsADirectoryByWhatItIs_notByItsPath() throws Exception {
    var mark = EngineMark.of(directory);
    var link = Files.createSymbolicLink(directory.resolve("link"), directory);

    assertThat(mark.directory())
        .isEqualTo(Program.run("stat", "--format=%d:%i", directory.toString()).strip());
    assertThat(EngineMark.of(link)).isEqualTo(mark);
    assertThat(EngineMark.of(Files.createDirectory(directory.resolve("other")))).isNotEqualTo(mark);
  }

  @Test
  void everyProgramHasItWhileItIsGiven_alsoBesideAnother() throws Exception {
    var one = new EngineMark("1:11");
    var other = new EngineMark("1:1");
    one.give();
    try {
      other.give();
      assertThat(environment()).matches(one::isIn).matches(other::isIn);
      other.withdraw();
      assertThat(environment()).matches(one::isIn).doesNotMatch(other::isIn);
    } finally {
      one.withdraw();
    }
    assertThat(environment()).doesNotMatch(one::isIn);
  }

  private static String environment() throws Exception {
    return Program.run("env", "--null");
  }

  @Test
  void allProgramsOfAPipelineHaveIt() throws Exception {
    var mark = new EngineMark("1:2");
    var look = new Pipeline.Stage(List.of("sh", "-c", "env --null >&2"), Map.of());
    mark.give();
    try {
      assertThat(Pipeline.run(List.of(look))).matches(mark::isIn);
    } finally {
      mark.withdraw();
    }
  }

  @Test
  void serversHaveNone() {
    var mark = new EngineMark("1:2");
    mark.give();
    try {
      var environment = new HashMap<String, String>();
      EngineMark.put(environment);
      assertThat(environment).hasSize(1);

      ServerEnvironment.keepOnly(environment);

      assertThat(environment).isEmpty();
    } finally {
      mark.withdraw();
    }
  }
}
