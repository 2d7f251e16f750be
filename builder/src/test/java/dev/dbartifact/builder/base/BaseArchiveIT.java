package dev.dbartifact.builder.base;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.builder.Docker;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How a converger is packed, with a stand-in of one class.
class BaseArchiveIT {
  @TempDir Path folder;

  @BeforeEach
  void needDocker() {
    Docker.require();
  }

  @AfterEach
  void removeImage() throws Exception {
    Docker.run("image", "rm", "--force", "db-artifact-base");
  }

  @Test
  void aChangedClassRuns() throws Exception {
    make("one");
    assertThat(runImage()).isEqualTo("one");
    var firstCache = cacheName();

    assertThat(make("one")).describedAs("the same inputs are packed once").isFalse();

    // Loading the next image would leave this one behind without a name.
    removeImage();
    assertThat(make("two")).isTrue();
    assertThat(runImage()).isEqualTo("two");
    assertThat(cacheName()).isNotEqualTo(firstCache);
  }

  @Test
  void aMachineThatIsTooBusyForATrainingDoesNotFailTheBuild() throws Exception {
    var made =
        new BaseArchive(
            folder.resolve("base"),
            jars("one"),
            (_, _, _) -> {
              throw new ToolRun.OutOfTimeException("java was not done after 1 s");
            });

    assertThat(made.make()).isTrue();
    assertThat(runImage()).isEqualTo("one");
    assertThat(cacheName()).doesNotContain("AOTCache");

    removeImage();
    assertThat(make("one")).describedAs("the next build makes up for it").isTrue();
    assertThat(runImage()).isEqualTo("one");
    assertThat(cacheName()).contains("AOTCache");
  }

  private boolean make(String word) throws Exception {
    return new BaseArchive(folder.resolve("base"), jars(word)).make();
  }

  private ConvergerJars jars(String word) throws Exception {
    return ConvergerJars.of(List.of(ConvergerStandIn.jar(folder.resolve("converger"), word)));
  }

  private String runImage() throws Exception {
    Docker.run("load", "--input", folder.resolve("base/" + BaseArchive.FILE_NAME).toString());
    return Docker.run("run", "--rm", "db-artifact-base").strip();
  }

  private String cacheName() throws Exception {
    return Docker.run(
        "image", "inspect", "--format", "{{index .Config.Entrypoint 1}}", "db-artifact-base");
  }
}
