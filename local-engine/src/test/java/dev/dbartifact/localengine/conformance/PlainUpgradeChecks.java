package dev.dbartifact.localengine.conformance;

import static dev.dbartifact.localengine.conformance.PlainChecks.of;
import static dev.dbartifact.localengine.conformance.Refusal.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dbartifact.localengine.conformance.Conformance.Check;
import java.util.List;
import software.amazon.awssdk.services.rds.model.DBEngineVersion;
import software.amazon.awssdk.services.rds.model.UpgradeTarget;

/// What AWS says of the versions of an engine and of upgrades. See ModifyDBInstance and
/// DescribeDBEngineVersions in the API Reference.
final class PlainUpgradeChecks {

  static final List<Check> ALL =
      List.of(
          of("an instance has the version that it was made with", PlainUpgradeChecks::asked),
          of("a version that is not offered cannot be had", PlainUpgradeChecks::unknown),
          of("an upgrade waits unless it is wanted at once", PlainUpgradeChecks::upgrade),
          of("there is no way back from an upgrade", PlainUpgradeChecks::noWayBack));

  private PlainUpgradeChecks() {}

  /// One that can be upgraded to a later one of the same major version.
  private static DBEngineVersion old(PlainInstances instances) {
    return instances
        .rds
        .describeDBEngineVersions(r -> r.engine("postgres"))
        .dbEngineVersions()
        .stream()
        .filter(each -> each.validUpgradeTarget().stream().anyMatch(to -> isMinor(to)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no version has a later minor version"));
  }

  private static boolean isMinor(UpgradeTarget to) {
    return Boolean.FALSE.equals(to.isMajorVersionUpgrade());
  }

  private static String later(DBEngineVersion version) {
    return version.validUpgradeTarget().stream()
        .filter(PlainUpgradeChecks::isMinor)
        .findFirst()
        .orElseThrow()
        .engineVersion();
  }

  private static void asked(PlainInstances instances) {
    var version = old(instances).engineVersion();
    instances.create("shop", r -> r.engineVersion(version));
    instances.await("shop", "available");
    assertThat(instances.describe("shop").engineVersion()).isEqualTo(version);
  }

  private static void unknown(PlainInstances instances) {
    refused(
        "InvalidParameterCombination",
        400,
        () -> instances.create("shop", r -> r.engineVersion("1.1")));
  }

  private static void upgrade(PlainInstances instances) throws Exception {
    var version = old(instances);
    instances.create("shop", r -> r.engineVersion(version.engineVersion()));
    instances.await("shop", "available");
    instances.write("shop", "before");
    instances.modify("shop", r -> r.engineVersion(later(version)));
    var waiting = instances.describe("shop");
    assertThat(waiting.engineVersion()).isEqualTo(version.engineVersion());
    assertThat(waiting.pendingModifiedValues().engineVersion()).isEqualTo(later(version));

    var answered = instances.modify("shop", r -> r.applyImmediately(true));
    assertThat(answered.dbInstanceStatus()).isEqualTo("upgrading");
    instances.await("shop", "available");
    var upgraded = instances.describe("shop");
    assertThat(upgraded.engineVersion()).isEqualTo(later(version));
    assertThat(upgraded.pendingModifiedValues().engineVersion()).isNull();
    assertThat(instances.read("shop")).containsExactly("before");
  }

  private static void noWayBack(PlainInstances instances) {
    var version = old(instances);
    instances.create("shop", r -> r.engineVersion(later(version)));
    instances.await("shop", "available");
    refused(
        "InvalidParameterCombination",
        400,
        () -> instances.modify("shop", r -> r.engineVersion(version.engineVersion())));
    assertThat(instances.describe("shop").engineVersion()).isEqualTo(later(version));
  }
}
