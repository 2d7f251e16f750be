package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What an operator gets to read when something is wrong, and the images when nothing is.
@ExtendWith(WorkshopExtension.class)
class BuilderIT {
  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> badInput(Workshop workshop) {
    return BadInput.all().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> refused(workshop, each)));
  }

  private void refused(Workshop workshop, BadInput input) throws Exception {
    Path here = Files.createTempDirectory(folder, "case");
    Path ini = here.resolve("artifact-config.ini");
    if (input.ini() != null) {
      Files.writeString(ini, input.ini());
    }
    if (input.changelog() != null) {
      Files.writeString(here.resolve("changelog.xml"), input.changelog());
    }
    Answer answer = toNowhere(workshop, ini).run().exits(2).isReadable();
    assertThat(answer.err()).contains(input.says());
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void aFolderInPlaceOfTheFile(Workshop workshop) throws Exception {
    toNowhere(workshop, folder).run().exits(2).isReadable().says(folder.toString(), "is a folder");
  }

  @Test
  void verbose_showsWhereItCameFrom(Workshop workshop) throws Exception {
    toNowhere(workshop, folder.resolve("gone.ini"))
        .arguments("--verbose")
        .run()
        .exits(2)
        .hasStackTrace();
  }

  @Test
  void noCredentials(Workshop workshop) throws Exception {
    clone(workshop)
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .run()
        .exits(2)
        .isReadable()
        .says("credentials", "AWS_PROFILE");
  }

  @Test
  void wrongCredentials(Workshop workshop) throws Exception {
    clone(workshop)
        .with("AWS_SECRET_ACCESS_KEY", "not-the-secret")
        .run()
        .exits(2)
        .isReadable()
        .says("shop-prod", "SignatureDoesNotMatch", "Check the profile");
  }

  @Test
  void noRegion(Workshop workshop) throws Exception {
    clone(workshop)
        .without("AWS_REGION")
        .without("AWS_DEFAULT_REGION")
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .run()
        .exits(2)
        .isReadable()
        .says("region", "AWS_REGION");
  }

  @Test
  void anEndpointThatNobodyListensAt(Workshop workshop) throws Exception {
    clone(workshop)
        .with("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
        .run()
        .exits(1)
        .isReadable()
        .says(
            "shop-prod",
            "the endpoint http://127.0.0.1:1 cannot be reached: Connection refused",
            "AWS_ENDPOINT_URL");
  }

  @Test
  void aSourceThatIsNotThere(Workshop workshop) throws Exception {
    Path ini = write("[source_db]\nsource_db_cluster_id = shop-prood\n");
    toNowhere(workshop, ini)
        .run()
        .exits(1)
        .isReadable()
        .says("Could not inspect cluster 'shop-prood'", "There are: ", "shop-prod");
  }

  @Test
  void aSourceWithoutInstances(Workshop workshop) throws Exception {
    workshop
        .rds()
        .createDBCluster(wish ->
            wish.dbClusterIdentifier("shop-headless")
                .engine("aurora-postgresql")
                .masterUsername("shop")
                .masterUserPassword("s0me-Password"));
    ShopCopy headless = workshop.copy("shop-headless");
    try {
      Await.until("shop-headless", () -> headless.cluster().status().equals("available"));
      toNowhere(workshop, write("[source_db]\nsource_db_cluster_id = shop-headless\n"))
          .run()
          .exits(1)
          .isReadable()
          .says("the source has no instances", "create-db-instance");
    } finally {
      headless.remove();
    }
  }

  @Test
  void noContainerEngine(Workshop workshop) throws Exception {
    builder(workshop)
        .with("PATH", Tools.withoutContainerEngines(folder).toString())
        .run()
        .exits(1)
        .isReadable()
        .says("docker");
  }

  @Test
  void aContainerEngineThatIsNotRunning(Workshop workshop) throws Exception {
    builder(workshop)
        .with("DOCKER_HOST", "unix://" + folder.resolve("dead.sock"))
        .run()
        .exits(1)
        .isReadable()
        .says("dead.sock", "If the engine does not run, start it", "--to tar");
  }

  @Test
  void anOutputInAFolderThatIsNotThere(Workshop workshop) throws Exception {
    Path output = folder.resolve("absent/image.tar");
    workshop
        .builder(Repository.CLONE)
        .arguments("--to", "tar", "--output", output.toString(), "--tag", "Not One")
        .run()
        .exits(2)
        .isReadable()
        .says("--output: the folder " + output.getParent() + " does not exist", "--tag: 'Not One'");
    assertThat(output.getParent()).doesNotExist();
  }

  @Test
  void wrongUsage(Workshop workshop) throws Exception {
    Program builder = workshop.builder(Repository.CLONE);
    builder.arguments("--to", "nowhere").run().exits(2).isReadable().says("docker and tar");
    builder.arguments("--outptu", "x").run().exits(2).isReadable().says("--outptu", "--help");
    builder.arguments("second.ini").run().exits(2).isReadable().says("One INI file");
    builder.arguments("--help").run().exits(0).says("Usage: db-artifact-builder");
    builder.arguments("--version").run().exits(0).says("db-artifact-builder 0");
  }

  /// Two people, two machines: other folders, permissions, time zones, languages and file times.
  @Test
  void theSameInputs_giveTheSameImage(Workshop workshop) throws Exception {
    Map<String, String> one =
        build(workshop, "one", "0022", Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
    Map<String, String> other =
        build(workshop, "the other", "0077", Map.of("TZ", "Asia/Kathmandu", "LC_ALL", "tr_TR"));

    assertThat(other).isEqualTo(one).containsKeys("digest", "image id");
    assertThat(Files.mismatch(tar("one"), tar("the other"))).isEqualTo(-1);
  }

  private Map<String, String> build(
      Workshop workshop, String name, String umask, Map<String, String> surroundings)
      throws Exception {
    Path here = folder.resolve(name).resolve("02");
    new Program("/bin/sh", "-c", "umask " + umask + " && mkdir -p \"$1\" && cp -r \"$0\"/* \"$1\"")
        .arguments(Repository.CREATE.getParent().toString(), here.toString())
        .with("PATH", System.getenv("PATH"))
        .run()
        .exits(0);
    Program builder =
        workshop
            .builder(Path.of("artifact-config.ini"))
            .with(surroundings)
            .with("XDG_CACHE_HOME", folder.resolve(name).resolve("cache").toString())
            .arguments("--to", "tar", "--output", tar(name).toString())
            .in(here);
    Answer answer =
        new Program(
                List.of("/bin/sh", "-c", "umask " + umask + "; exec \"$@\"", "sh"),
                builder.environment(),
                here,
                "")
            .arguments(builder.command())
            .run()
            .exits(0);
    return Stream.of("digest", "image id")
        .collect(
            Collectors.toMap(
                each -> each,
                each ->
                    answer
                        .out()
                        .lines()
                        .filter(line -> line.startsWith(each + "  ") || line.startsWith(each + " "))
                        .findFirst()
                        .orElseThrow()
                        .substring(each.length())
                        .strip()));
  }

  private Path tar(String name) {
    return folder.resolve(name).resolve("image.tar");
  }

  private Program clone(Workshop workshop) {
    return toNowhere(workshop, Repository.CLONE);
  }

  private static Program builder(Workshop workshop) {
    return workshop.builder(Repository.CLONE).arguments("--tag", "db-artifact-accept:never");
  }

  /// Nothing comes of it, even if it should go through by mistake.
  private Program toNowhere(Workshop workshop, Path ini) {
    return workshop
        .builder(ini)
        .arguments("--to", "tar", "--output", folder.resolve("never.tar").toString());
  }

  private Path write(String ini) throws IOException {
    return Files.writeString(folder.resolve("artifact-config.ini"), ini);
  }
}
