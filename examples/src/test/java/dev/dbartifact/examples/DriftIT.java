package dev.dbartifact.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.rds.model.Tag;

/// Runs every case of [DriftCases] on one copy, and tries what is not ours to touch.
@ExtendWith(WorkshopExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DriftIT {
  private static final Path SETTINGS = Repository.testArtifact("settings");

  private ShopCopy copy;

  @BeforeAll
  void converge(Workshop workshop) throws Exception {
    copy = workshop.copy("dev-drift");
    workshop
        .converger(workshop.image(SETTINGS), List.of("--cluster_id", copy.id()))
        .run()
        .isConverged();
  }

  @AfterAll
  void remove() throws Exception {
    copy.remove();
  }

  @TestFactory
  Stream<DynamicTest> cases(Workshop workshop) throws Exception {
    String image = workshop.image(SETTINGS);
    return DriftCases.all().stream()
        .map(each -> DynamicTest.dynamicTest(each.name(), () -> each.run(workshop, image, copy)));
  }

  @Test
  void whatRestartsACopyInUse_isNotDoneUnasked(Workshop workshop) throws Exception {
    String instance = copy.instances().getFirst().dbInstanceIdentifier();
    modifyClass(workshop, instance, "db.r6g.xlarge");

    refused(workshop, SETTINGS, "--cluster_id", copy.id()).says("--allow restarts");

    modifyClass(workshop, instance, "db.t4g.medium");
  }

  private void modifyClass(Workshop workshop, String instance, String instanceClass)
      throws Exception {
    workshop
        .rds()
        .modifyDBInstance(wish ->
            wish.dbInstanceIdentifier(instance)
                .dbInstanceClass(instanceClass)
                .applyImmediately(true));
    Await.until(
        instanceClass, () -> copy.instances().getFirst().dbInstanceClass().equals(instanceClass));
  }

  @Test
  void aPasswordThatWasForgotten_isSetOnRequest(Workshop workshop) throws Exception {
    var again = workshop.converger(workshop.image(SETTINGS), List.of("--cluster_id", copy.id()));

    Answer told = again.with("DB_PASSWORD", "an0ther-Password").run();
    assertThat(told.exit()).isEqualTo(3);
    assertThat(told.json().path("left").toString()).contains("--reset_password");
    copy.takesThePassword(Workshop.PASSWORD);

    again.with("DB_PASSWORD", "an0ther-Password").arguments("--reset_password").run().isConverged();
    copy.takesThePassword("an0ther-Password").refusesThePassword(Workshop.PASSWORD);

    again.arguments("--reset_password").run().isConverged();
    again.run().isUnchanged();
  }

  @Test
  void theSource_isRefused(Workshop workshop) throws Exception {
    refused(workshop, Repository.CLONE, "--cluster_id", "shop-prod")
        .says("'shop-prod' is the source of the artifact, which is never touched");
  }

  @Test
  void aCopyOfAnotherArtifact_isRefused(Workshop workshop) throws Exception {
    refused(workshop, Repository.CLONE, "--cluster_id", copy.id())
        .says("'dev-drift' exists and was not made by artifact 'shop-prod' but by 'everything'");
  }

  @Test
  void aCopyOfTheOtherMode_isRefused(Workshop workshop) throws Exception {
    refused(workshop, SETTINGS, "--cluster_id", copy.id(), "--mode", "create")
        .says("was made with --mode clone");
  }

  @Test
  void aClusterOfSomebodyElse_isRefused(Workshop workshop) throws Exception {
    ShopCopy foreign = makeForeign(workshop, "foreign");
    try {
      refused(workshop, Repository.CLONE, "--cluster_id", foreign.id()).says("foreign");
    } finally {
      foreign.remove();
    }
  }

  @Test
  void tagsThatWereCopiedFromAnotherCluster_doNotMakeItOurs(Workshop workshop) throws Exception {
    List<Tag> tags =
        copy.tags().entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
    ShopCopy foreign = makeForeign(workshop, "foreign-tagged", tags.toArray(Tag[]::new));
    try {
      refused(workshop, SETTINGS, "--cluster_id", foreign.id()).says("foreign-tagged");
    } finally {
      foreign.remove();
    }
  }

  private static ShopCopy makeForeign(Workshop workshop, String id, Tag... tags) throws Exception {
    workshop
        .rds()
        .createDBCluster(wish ->
            wish.dbClusterIdentifier(id)
                .engine("aurora-postgresql")
                .masterUsername("somebody")
                .masterUserPassword("s0mebody-else")
                .tags(tags));
    ShopCopy foreign = workshop.copy(id);
    Await.until(id, () -> foreign.cluster().status().equals("available"));
    return foreign;
  }

  private static Answer refused(Workshop workshop, Path ini, String... options) throws Exception {
    String image = workshop.image(ini);
    workshop.tap().forget();
    Answer answer = workshop.converger(image, List.of(options)).run().exits(4).isReadable();
    assertThat(answer.outcome()).isEqualTo("refused");
    assertThat(workshop.tap().mutations()).isEmpty();
    return answer;
  }
}
