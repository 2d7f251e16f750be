package dev.dbartifact.builder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An artifact on the real base archive, in the real container engine.
class BuiltImageIT {
  private static final Path BASE = Path.of("target/base/db-artifact-base.tar").toAbsolutePath();
  private static final String IMAGE = "db-artifact-built-image-it";
  private static final long MOST_BYTES = 70_000_000;

  @TempDir static Path cache;
  @TempDir Path folder;

  @BeforeEach
  void buildImage() throws Exception {
    Docker.require();
    build(new ImageTarget.Engine(IMAGE));
  }

  @AfterEach
  void removeImage() throws Exception {
    Docker.run("image", "rm", "--force", IMAGE);
  }

  @Test
  void helpNeedsNothing() throws Exception {
    assertThat(Docker.run("run", "--rm", IMAGE, "--help")).isNotBlank();
  }

  @Test
  void runsAsAnyUserOnAReadOnlyFileSystemWithoutCapabilities() throws Exception {
    var said =
        Docker.run(
            "run",
            "--rm",
            "--user",
            "4711:4712",
            "--read-only",
            "--cap-drop",
            "ALL",
            "--network",
            "none",
            IMAGE,
            "--version");
    assertThat(said).isEqualTo(Docker.run("run", "--rm", IMAGE, "--version"));
  }

  @Test
  void itsClassesComeFromTheCache() throws Exception {
    var entrypoint = entrypoint();
    var command = new ArrayList<>(List.of("run", "--rm", "--entrypoint", entrypoint.getFirst()));
    command.add(IMAGE);
    entrypoint.stream().skip(1).filter(option -> !option.startsWith("-Xlog")).forEach(command::add);
    command.add(command.size() - 1, "-Xlog:class+load");
    command.add("--version");
    var loaded =
        Docker.run(command.toArray(String[]::new))
            .lines()
            .filter(l -> l.contains(" source: "))
            .toList();
    var fromCache = loaded.stream().filter(line -> line.contains("shared objects file")).count();
    assertThat(loaded)
        .anyMatch(
            line -> line.contains("dev.dbartifact.converger.Main source: shared objects file"));
    assertThat(fromCache).isGreaterThan(loaded.size() * 95L / 100);
  }

  @Test
  void metadataAndChangelogLieInIt() throws Exception {
    var container = Docker.run("create", IMAGE).strip();
    try {
      Docker.run("cp", container + ":/artifact", folder.resolve("out").toString());
    } finally {
      Docker.run("rm", container);
    }
    assertThat(folder.resolve("out/metadata.json")).content().contains("prod-orders");
    assertThat(folder.resolve("out/changelog/größe.sql")).hasContent("select 1;");
  }

  @Test
  void tarAndEngineHoldTheSameImage() throws Exception {
    var inTar = build(new ImageTarget.TarFile(IMAGE, folder.resolve("image.tar")));
    var id = Docker.run("image", "inspect", "--format", "{{.Id}}", IMAGE).strip();
    assertThat(inTar.image().imageId().value()).isEqualTo(id);
    assertThat(Files.size(folder.resolve("image.tar"))).isLessThan(MOST_BYTES);
  }

  @Test
  void anEngineThatLostTheBaseIsGivenAllOfIt() throws Exception {
    Docker.run("image", "rm", "--force", IMAGE);
    build(new ImageTarget.Engine(IMAGE));
    assertThat(Docker.run("run", "--rm", IMAGE, "--help")).isNotBlank();
  }

  private BuiltArtifact build(ImageTarget target) throws Exception {
    var ini = folder.resolve("artifact-config.ini");
    Files.writeString(
        ini,
        "[source_db]\nsource_db_cluster_id = prod-orders\n"
            + "[liquibase]\nliquibase_changelog_path = größe.sql\n");
    Files.writeString(folder.resolve("größe.sql"), "select 1;");
    var images = new ImageWriter(cache, System.getenv(), System.err::println);
    return new ArtifactBuilder(
            new SampleSource(), images, new BaseImage.Archive(BASE), "1.2.3", line -> {})
        .build(ini, target);
  }

  private static List<String> entrypoint() throws Exception {
    var json = Docker.run("image", "inspect", "--format", "{{json .Config.Entrypoint}}", IMAGE);
    return List.of(JsonMapper.builder().build().readValue(json, String[].class));
  }
}
