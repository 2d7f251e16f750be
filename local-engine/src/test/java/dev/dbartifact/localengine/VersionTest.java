package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.DescribeDbEngineVersionsRequest;
import software.amazon.awssdk.services.rds.model.UpgradeTarget;

/// The versions that an engine has, and which of them may follow which.
class VersionTest extends UpgradeFixture {

  private List<DBEngineVersion> offered(Consumer<DescribeDbEngineVersionsRequest.Builder> asked) {
    return engine.rds.describeDBEngineVersions(asked).dbEngineVersions();
  }

  private static List<String> numbers(List<DBEngineVersion> versions) {
    return versions.stream().map(DBEngineVersion::engineVersion).toList();
  }

  @Test
  void anEngineHasTheMinorVersionsUpToTheInstalledOne() {
    var offered = offered(r -> r.engine("postgres"));
    assertThat(numbers(offered)).startsWith("15.1", "15.2").endsWith("17.10", "17.11").hasSize(29);
    assertThat(offered)
        .filteredOn(each -> each.majorEngineVersion().equals("15"))
        .extracting(DBEngineVersion::dbEngineVersionDescription)
        .containsOnly("PostgreSQL 15.18");
    assertThat(numbers(offered(r -> r.engine("mariadb"))))
        .startsWith("10.11.4")
        .endsWith("10.11.19");
    assertThat(offered(r -> r.engine("mysql")))
        .extracting(DBEngineVersion::dbEngineVersionDescription)
        .containsOnly("MariaDB 10.11.19");
  }

  @Test
  void eachOfThemCanBeHad() {
    for (var name : List.of("postgres", "mysql", "mariadb")) {
      for (var version : offered(r -> r.engine(name))) {
        var id = name + "-" + version.engineVersion().replace('.', '-');
        var made = make(id, r -> r.engine(name).engineVersion(version.engineVersion()));
        assertThat(made.engineVersion()).isEqualTo(version.engineVersion());
        assertThat(version.dbEngineVersionDescription())
            .endsWith(" " + host.volumes.get(host.storageAt(made.endpoint().address())).version());
        engine.rds.deleteDBInstance(r -> r.dbInstanceIdentifier(id).skipFinalSnapshot(true));
        engine.awaitInstanceGone(id);
      }
    }
  }

  @Test
  void defaultsAreWhatOneGetsWhoDoesNotSay() {
    assertThat(numbers(offered(r -> r.engine("postgres").defaultOnly(true))))
        .containsExactly("17.11");
    assertThat(numbers(offered(r -> r.engine("postgres").engineVersion("15").defaultOnly(true))))
        .containsExactly("15.18");
    assertThat(numbers(offered(r -> r.engine("mysql").defaultOnly(true))))
        .containsExactly("8.0.42");
    assertThat(make("newest", _ -> {}).engineVersion()).isEqualTo("17.11");
    assertThat(make("major", r -> r.engineVersion("15")).engineVersion()).isEqualTo("15.18");
    assertThat(make("my", r -> r.engine("mysql").engineVersion("8.0")).engineVersion())
        .isEqualTo("8.0.42");
  }

  @Test
  void anotherVersionIsNotFound() {
    refused(
        "Cannot find version 17.12 for postgres (here: 17.1 to 17.11, 15.1 to 15.18)",
        () -> make("x", r -> r.engineVersion("17.12")));
    refused("Cannot find version 16 ", () -> make("x", r -> r.engineVersion("16")));
    refused(
        "Cannot find version 8.0.11 for mysql",
        () -> make("x", r -> r.engine("mysql").engineVersion("8.0.11")));
    refused(
        "Cannot find version 10.11.20 ",
        () -> make("x", r -> r.engine("mariadb").engineVersion("10.11.20")));
  }

  @Test
  void upgradeTargetsAreTheLaterMinorVersions() {
    var version = offered(r -> r.engine("postgres").engineVersion("17.9")).getFirst();
    assertThat(version.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .containsExactly("17.10", "17.11");
    assertThat(version.validUpgradeTarget())
        .extracting(UpgradeTarget::isMajorVersionUpgrade)
        .containsOnly(false);
    assertThat(
            offered(r -> r.engine("postgres").engineVersion("17.11"))
                .getFirst()
                .validUpgradeTarget())
        .isEmpty();
  }

  @Test
  void laterMajorVersionsAreTargetsWhereThereIsAWay() {
    var asked = offered(r -> r.engine("postgres").engineVersion("15.17")).getFirst();
    assertThat(asked.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .startsWith("15.18", "17.1")
        .endsWith("17.11")
        .hasSize(12);
    assertThat(asked.validUpgradeTarget())
        .filteredOn(UpgradeTarget::isMajorVersionUpgrade)
        .hasSize(11);
    host.upgrades.possible = false;
    var then = offered(r -> r.engine("postgres").engineVersion("15.17")).getFirst();
    assertThat(then.validUpgradeTarget())
        .extracting(UpgradeTarget::engineVersion)
        .containsExactly("15.18");
  }
}
