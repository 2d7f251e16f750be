package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.iam.IamActions;
import dev.dbartifact.localengine.rds.LocalRds;
import dev.dbartifact.localengine.rdsdata.LocalRdsData;
import dev.dbartifact.localengine.route53.LocalRoute53;
import dev.dbartifact.localengine.secrets.LocalSecrets;
import dev.dbartifact.localengine.sts.LocalSts;
import dev.dbartifact.localengine.wire.Honours;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.rds.model.Tag;

/// What the SDK's client sends and receives is what the engine receives and sends.
class WireTest {

  /// A misspelt name would refuse a field that the action honours.
  @TestFactory
  Stream<DynamicTest> everyHonouredFieldExists() {
    return Stream.concat(
            Stream.of(
                    LocalRds.actionClasses(),
                    LocalRoute53.actionClasses(),
                    LocalSecrets.actionClasses(),
                    IamActions.classes())
                .flatMap(Arrays::stream),
            Stream.of(LocalRdsData.class, LocalSts.class))
        .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
        .filter(method -> method.isAnnotationPresent(Honours.class))
        .map(method ->
            DynamicTest.dynamicTest(
                method.getName(),
                () -> {
                  var builder =
                      (SdkPojo) method.getParameterTypes()[0].getMethod("builder").invoke(null);
                  assertThat(builder.sdkFields().stream().map(SdkField::locationName))
                      .contains(method.getAnnotation(Honours.class).value());
                }));
  }

  @Test
  void awkwardTextArrivesAsItWasSent(@TempDir Path memory) throws Exception {
    try (var engine = TestEngine.start(memory)) {
      var arn = engine.create("shop").dbClusterArn();
      var tag = Tag.builder().key("Käse / a+b=c").value("ünï: _.@-=+/ ").build();
      engine.rds.addTagsToResource(r -> r.resourceName(arn).tags(tag));
      assertThat(engine.rds.listTagsForResource(r -> r.resourceName(arn)).tagList())
          .containsExactly(tag);
      engine.rds.removeTagsFromResource(r -> r.resourceName(arn).tagKeys(tag.key()));
      assertThat(engine.rds.listTagsForResource(r -> r.resourceName(arn)).tagList()).isEmpty();
    }
  }

  @Test
  void pagesAreFollowed(@TempDir Path memory) throws Exception {
    try (var engine = TestEngine.start(memory)) {
      for (var number = 10; number < 55; number++) {
        var name = "group-" + number;
        engine.rds.createDBSubnetGroup(r ->
            r.dbSubnetGroupName(name)
                .dbSubnetGroupDescription("one of many")
                .subnetIds("subnet-0a10000000000000a", "subnet-0a10000000000000b"));
      }
      var pages = engine.rds.describeDBSubnetGroupsPaginator(r -> r.maxRecords(20));
      assertThat(pages.stream().map(page -> page.dbSubnetGroups().size()))
          .containsExactly(20, 20, 6);
      assertThat(pages.dbSubnetGroups().stream().map(group -> group.dbSubnetGroupName()))
          .isSorted()
          .doesNotHaveDuplicates()
          .hasSize(46);
    }
  }
}
