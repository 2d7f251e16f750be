package dev.dbartifact.builder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dbartifact.artifact.Engine;
import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.MetadataJson;
import dev.dbartifact.builder.image.BaseImage;
import dev.dbartifact.builder.image.ImageException;
import dev.dbartifact.builder.image.ImageTarget;
import dev.dbartifact.builder.image.ImageWriter;
import dev.dbartifact.testing.Prerequisites;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactBuilderTest {
  @TempDir Path folder;
  private final List<String> progress = new ArrayList<>();
  private Path base;
  private SampleSource source = new SampleSource();

  @BeforeEach
  void makeBase() throws Exception {
    base = TinyBase.in(folder.resolve("base"));
  }

  @Test
  void bakesMetadataAndChangelogOntoTheBase() throws Exception {
    var ini = ini("[liquibase]\nliquibase_changelog_path = db/changelog.sql");
    write("db/changelog.sql", "--liquibase formatted sql\n--changeset a:1\nselect 1;\n");

    var built = build(ini);
    var content = ImageContent.of(folder.resolve("image.tar"));

    assertThat(content.texts().keySet())
        .containsExactly(
            "artifact/changelog/db/changelog.sql", "artifact/metadata.json", "base/base.txt");
    var metadata =
        MetadataJson.read(
            content.texts().get("artifact/metadata.json").getBytes(StandardCharsets.UTF_8), "it");
    assertThat(metadata).isEqualTo(built.metadata());
    assertThat(metadata.source()).isEqualTo(SampleSource.cluster());
    assertThat(content.config().at("/config/Entrypoint/0").asText()).isEqualTo("/base/start");
    assertThat(content.config().at("/config/Labels/dev.dbartifact.source.cluster").asText())
        .isEqualTo("prod-orders");
    assertThat(content.config().at("/config/Labels/dev.dbartifact.changelog.digest").asText())
        .isEqualTo(metadata.changelog().orElseThrow().digest().value());
  }

  @Test
  void everythingBelongsToRootAndIsReadableByAll() throws Exception {
    build(ini(""));
    var header =
        ImageContent.of(folder.resolve("image.tar")).headers().get("artifact/metadata.json");
    assertThat(header.getMode() & 0777).isEqualTo(0644);
    assertThat(header.getLongUserId()).isZero();
    assertThat(header.getLastModifiedTime().toMillis()).isEqualTo(1000);
  }

  @Test
  void theWordSourceIsResolved() throws Exception {
    var target = build(ini("[target_db]\nsubnet_ids = source")).metadata().target();
    var source = SampleSource.cluster().settings();
    assertThat(target.network()).isEqualTo(source.network());
    assertThat(target.hardware().instanceClass()).isEqualTo(source.hardware().instanceClass());
    assertThat(target.hardware().serverless()).isEqualTo(source.hardware().serverless());
    assertThat(target.hardware().instanceCount()).isEqualTo(1);
    assertThat(target.maintenance().deletionProtection()).contains(false);
    assertThat(target.tags().values()).isEmpty();
    assertThat(target.databaseName()).isEmpty();
  }

  @Test
  void aCopyIsOfTheEngineOfItsSource() throws Exception {
    source = SampleSource.plainMysql();
    var target =
        build(ini("[target_db]\ninstance_type = db.r6g.large\ndatabase_name = shop"))
            .metadata()
            .target();

    assertThat(target.engine()).isEqualTo(Engine.AURORA_MYSQL);
    assertThat(target.databaseName()).hasToString("Optional[shop]");
  }

  @Test
  void subnetsOfOnesOwnTakeNoGroupOfTheSource() throws Exception {
    var subnets = SampleSource.ZONE_A.value() + "," + SampleSource.ZONE_B.value();
    var network = build(ini("[target_db]\nsubnet_ids = " + subnets)).metadata().target().network();
    assertThat(network.subnetGroup()).isEmpty();
    assertThat(network.subnetIds().orElseThrow())
        .hasToString(SampleSource.ZONE_A.value() + "," + SampleSource.ZONE_B.value());
  }

  @Test
  void subnetsInOneZoneAreRefused() throws Exception {
    var subnets = SampleSource.ZONE_A.value() + "," + SampleSource.ZONE_A_TOO.value();
    assertThatThrownBy(() -> build(ini("[target_db]\nsubnet_ids = " + subnets)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("artifact-config.ini:4 [target_db] subnet_ids: all of")
        .hasMessageContaining("eu-1a; at least two availability zones are needed");
  }

  @Test
  void problemsOfTheFileAndOfTheChangelogAreToldTogether() throws Exception {
    var ini = ini("[liquibase]\nliquibase_changelog_path = gone.xml\n[target_db]\nport = x");
    assertThatThrownBy(() -> build(ini))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "artifact-config.ini:4 [liquibase] liquibase_changelog_path: 'gone.xml'")
        .hasMessageContaining("artifact-config.ini:6 [target_db] port:");
    assertThat(progress).noneMatch(line -> line.startsWith("Inspecting"));
  }

  @Test
  void theTargetMayNotBeTheSourceUnderAnotherSpelling() throws Exception {
    var ini =
        write(
            "artifact-config.ini",
            "[source_db]\nsource_db_cluster_id ="
                + " arn:aws:rds:eu-1:123456789012:cluster:prod-orders\n"
                + "[target_db]\ncluster_id = prod-orders\n");
    assertThatThrownBy(() -> build(ini))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the source itself");
  }

  @Test
  void whatNoCopyOfTheSourceCanBeIsToldTogether() throws Exception {
    source = SampleSource.plainMysql();
    var ini =
        ini(
            "[target_db]\ninstance_type = db.serverless\n"
                + "kms_key_id = arn:aws:kms:eu-1:123456789012:key/a\n");

    assertThatThrownBy(() -> build(ini))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "artifact-config.ini:4 [target_db] instance_type: db.serverless needs")
        .hasMessageContaining("artifact-config.ini:5 [target_db] kms_key_id: the source is not");
  }

  @Test
  void tagsThatLeaveNoRoomForThoseOfTheConvergerAreTold() throws Exception {
    source = SampleSource.tagged(42);
    build(ini(""));
    assertThatThrownBy(() -> build(ini("[target_db]\ntags = source")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("artifact-config.ini:4 [target_db] tags: a copy would have 42 tags");
    source = SampleSource.tagged(41);
    build(ini("[target_db]\ntags = source"));
  }

  @Test
  void aWindowThatMeetsOneOfTheSourceIsTold() throws Exception {
    assertThatThrownBy(() -> build(ini("[target_db]\nbackup_window = 04:15-04:45")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "artifact-config.ini:4 [target_db] backup_window: backup window 04:15-04:45 and"
                + " maintenance window sun:04:00-sun:04:30 overlap");
  }

  @Test
  void aBaseThatIsMissingIsTold() throws Exception {
    base = folder.resolve("gone.tar");
    assertThatThrownBy(() -> build(ini("")))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("gone.tar");
  }

  @Test
  void whatStandsInTheWayOfTheImageIsToldTogetherBeforeAnythingIsAsked() throws Exception {
    var ini = ini("[image]\nbase_image = tar:gone.tar\n[target_db]\nport = x");
    var target = new ImageTarget.TarFile("No Such:Name", folder.resolve("absent/image.tar"));
    assertThatThrownBy(() -> builder().build(ini, target))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            "--tag: 'No Such:Name' is not an image reference",
            "--output: the folder " + folder.resolve("absent") + " does not exist",
            "artifact-config.ini:4 [image] base_image: the file " + folder.resolve("gone.tar"),
            "artifact-config.ini:6 [target_db] port:");
    assertThat(progress).noneMatch(line -> line.startsWith("Inspecting"));
    assertThat(folder.resolve("absent")).doesNotExist();
  }

  @Test
  void aContainerEngineIsMissedBeforeAnythingIsAsked() throws Exception {
    assertThatThrownBy(() -> builder().build(ini(""), new ImageTarget.Engine("shop")))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("neither docker nor podman is on the PATH");
    assertThat(progress).noneMatch(line -> line.startsWith("Inspecting"));
  }

  @Test
  void aFolderIsNoOutput() throws Exception {
    var target = new ImageTarget.TarFile("shop", folder);
    assertThatThrownBy(() -> builder().build(ini(""), target))
        .hasMessageContaining("--output: " + folder + " is a folder; name a file in it");
  }

  @Test
  void aBaseThatIsNoReferenceIsTold() throws Exception {
    assertThatThrownBy(() -> build(ini("[image]\nbase_image = docker://Not One")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[image] base_image: 'Not One' is not an image reference");
  }

  @Test
  void aRegistryThatNobodyListensAtIsToldSoon() throws Exception {
    // Port 1 of loopback is reserved (tcpmux) and nothing listens there.
    assertThatThrownBy(() -> build(ini("[image]\nbase_image = registry://localhost:1/base:1")))
        .isInstanceOf(ImageException.class)
        .hasMessageContainingAll("localhost:1 cannot be reached: Connection refused", "tar://FILE");
  }

  @Test
  void aChangelogIsReadEvenWhenTheSourceIsMissing() throws Exception {
    var ini = write("artifact-config.ini", "[liquibase]\nliquibase_changelog_path = gone.xml\n");
    assertThatThrownBy(() -> build(ini))
        .hasMessageContainingAll("source_db_cluster_id: is missing", "'gone.xml' does not exist");
  }

  @Test
  void subnetsThatNobodyKnowsAreTakenAndToldOf() throws Exception {
    build(
        ini("[target_db]\nsubnet_ids = subnet-0a1b2c3d4e5f60799, " + SampleSource.ZONE_A.value()));
    assertThat(progress)
        .anySatisfy(line ->
            assertThat(line)
                .startsWith("artifact-config.ini:4 [target_db] subnet_ids: could not be checked:")
                .contains("subnet-0a1b2c3d4e5f60799 is in no DB subnet group"));
  }

  @Test
  void aChangelogThatNoModeWouldRunIsToldOf() throws Exception {
    write("a.sql", "select 1;");
    var key = "[liquibase]\nliquibase_changelog_path = a.sql\n";
    build(ini(key));
    assertThat(progress)
        .anyMatch(line -> line.contains("a create needs [target_db] database_name"));
    progress.clear();
    build(ini(key + "[target_db]\ndatabase_name = dontcare"));
    build(ini(key + "[target_db]\ndatabase_name = shop"));
    assertThat(progress).noneMatch(line -> line.contains("a create"));
  }

  @Test
  void aDatabaseThatStaysEmptyIsToldOf() throws Exception {
    build(ini("[target_db]\ndatabase_name = shop"));
    assertThat(progress).anyMatch(line -> line.contains("will leave this database empty"));
    progress.clear();
    build(ini("liquibase_changelog_path = dontcare\n[target_db]\ndatabase_name = shop"));
    build(ini(""));
    assertThat(progress).noneMatch(line -> line.contains("a create"));
  }

  @Test
  void aDiskThatIsFullLeavesNothingThatLooksLikeAnImage() throws Exception {
    var full = Path.of("/dev/full");
    Prerequisites.require(isDevice(full), "This machine has no /dev/full.");
    var target = new ImageTarget.TarFile("shop", full);
    assertThatThrownBy(() -> builder().build(ini(""), target))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("No space left on device");
    assertThat(isDevice(full)).isTrue();
  }

  private static boolean isDevice(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
  }

  @Test
  void aChangedChangelogOfTheSameSizeAndTimeGivesAnotherImage() throws Exception {
    var ini = ini("[liquibase]\nliquibase_changelog_path = a.sql");
    var file = write("a.sql", "select 1;");
    var first = build(ini).image();
    var time = Files.getLastModifiedTime(file);
    Files.writeString(file, "select 2;");
    Files.setLastModifiedTime(file, time);
    assertThat(build(ini).image().digest()).isNotEqualTo(first.digest());
    assertThat(ImageContent.of(folder.resolve("image.tar")).texts())
        .containsEntry("artifact/changelog/a.sql", "select 2;");
  }

  /// The shorter way must lead to the same place.
  @Test
  void theBaseArchiveGivesWhatJibMakesOfTheSameFile() throws Exception {
    write("a.sql", "select 1;");
    var ini = ini("[liquibase]\nliquibase_changelog_path = a.sql");
    var ours = build(ini).image();
    Files.move(folder.resolve("image.tar"), folder.resolve("ours.tar"));
    Files.writeString(ini, "[image]\nbase_image = tar:" + base + "\n", StandardOpenOption.APPEND);
    assertThat(build(ini).image()).isEqualTo(ours);
    assertThat(folder.resolve("image.tar")).hasSameBinaryContentAs(folder.resolve("ours.tar"));
  }

  @Test
  void nothingIsLeftBehind() throws Exception {
    build(ini(""));
    assertThat(folder.resolve("cache")).doesNotExist();
    assertThat(folder).isDirectoryNotContaining("glob:**.unfinished");
  }

  @Test
  void anotherBuildThatWritesToTheSameFileIsLeftAlone() throws Exception {
    var others = write("image.tar.0123abcd.unfinished", "half an image");
    build(ini(""));
    assertThat(folder.resolve("image.tar")).isNotEmptyFile();
    assertThat(others).hasContent("half an image");
  }

  @Test
  void whatAKilledBuildHasLeftGoesAfterADay() throws Exception {
    var left = write("image.tar.0123abcd.unfinished", "half an image");
    var others =
        List.of(
            write("image.tar.backup.unfinished", "mine"),
            write("another.tar.0123abcd.unfinished", "half of another"));
    for (var each : List.of(left, others.get(0), others.get(1))) {
      Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
    }

    build(ini(""));

    assertThat(left).doesNotExist();
    assertThat(others).allSatisfy(each -> assertThat(each).exists());
  }

  private BuiltArtifact build(Path ini) throws Exception {
    return builder().build(ini, new ImageTarget.TarFile("shop", folder.resolve("image.tar")));
  }

  private ArtifactBuilder builder() {
    var images = new ImageWriter(folder.resolve("cache"), Map.of(), progress::add);
    return new ArtifactBuilder(source, images, new BaseImage.Archive(base), "1.2.3", progress::add);
  }

  private Path ini(String more) throws Exception {
    return write(
        "artifact-config.ini", "[source_db]\nsource_db_cluster_id = prod-orders\n" + more + "\n");
  }

  private Path write(String path, String content) throws Exception {
    var file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
