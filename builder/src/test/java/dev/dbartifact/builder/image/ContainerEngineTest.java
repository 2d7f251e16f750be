package dev.dbartifact.builder.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerEngineTest {
  @TempDir Path folder;

  @Test
  void whereThereIsNoneTheAdviceIsToInstallOneOrToWriteAFile() {
    assertThatThrownBy(() -> ContainerEngine.find(Map.of("PATH", folder.toString())))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("neither docker nor podman")
        .hasMessageContaining("--to tar");
    assertThatThrownBy(() -> ContainerEngine.find(Map.of())).isInstanceOf(ImageException.class);
  }

  @Test
  void dockerIsPreferredWhereverItStandsOnThePath() throws Exception {
    var podman = executable("a/podman");
    assertThat(find()).isEqualTo(new ContainerEngine(podman));
    var docker = executable("b/docker");
    assertThat(find()).isEqualTo(new ContainerEngine(docker));
  }

  @Test
  void aFolderOfThatNameIsNone() throws Exception {
    Files.createDirectories(folder.resolve("a/docker"));
    var podman = executable("b/podman");
    assertThat(find()).isEqualTo(new ContainerEngine(podman));
  }

  @Test
  void onlyDockerTakesAnImageWithoutTheLayersThatItHas() {
    assertThat(new ContainerEngine(Path.of("/usr/bin/docker")).acceptsMissingLayers()).isTrue();
    assertThat(new ContainerEngine(Path.of("/usr/bin/podman")).acceptsMissingLayers()).isFalse();
  }

  @Test
  void whoMayNotTalkToItIsToldHow() {
    assertThat(ImageWriter.engineAdvice("permission denied while trying to connect to the daemon."))
        .contains("sudo usermod -aG docker")
        .contains("--to tar")
        .doesNotContain("start it");
    assertThat(ImageWriter.engineAdvice("Cannot connect to the Docker daemon."))
        .contains("start it")
        .doesNotContain("usermod");
  }

  private ContainerEngine find() throws ImageException {
    return ContainerEngine.find(Map.of("PATH", folder.resolve("a") + ":" + folder.resolve("b")));
  }

  private Path executable(String name) throws Exception {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.createFile(file).toFile().setExecutable(true);
    return file;
  }
}
