package dev.dbartifact.localengine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rds.model.OptionGroupMembership;

/// An option group of another version than the instance has: an earlier engine did not change it
/// with an upgrade.
class EarlierOptionGroupTest extends PlainInstanceFixture {

  private void madeIn(String group) throws Exception {
    var own = made("own");
    remembering(
        "instances/" + own.dbiResourceId() + ".json",
        settings -> settings.withObject("/OptionGroupMemberships/0").put("OptionGroupName", group));
    assertInGroup("own", group);
  }

  private void assertInGroup(String instance, String group) {
    assertThat(until(instance, "available").optionGroupMemberships())
        .as(instance)
        .extracting(OptionGroupMembership::optionGroupName)
        .containsExactly(group);
  }

  /// Of the second there is no server any more.
  @ParameterizedTest
  @ValueSource(strings = {"default:postgres-15", "default:postgres-12"})
  void copiesAreInTheOneOfTheirVersion(String group) throws Exception {
    madeIn(group);
    snapshot("before", "own");

    engine.rds.restoreDBInstanceFromDBSnapshot(
        r -> r.dbInstanceIdentifier("restored").dbSnapshotIdentifier("before"));
    engine.rds.restoreDBInstanceToPointInTime(r ->
        r.targetDBInstanceIdentifier("latest")
            .sourceDBInstanceIdentifier("own")
            .useLatestRestorableTime(true));
    engine.rds.createDBInstanceReadReplica(
        r -> r.dbInstanceIdentifier("replica").sourceDBInstanceIdentifier("own"));

    assertInGroup("restored", "default:postgres-17");
    assertInGroup("latest", "default:postgres-17");
    assertInGroup("replica", "default:postgres-17");
  }
}
