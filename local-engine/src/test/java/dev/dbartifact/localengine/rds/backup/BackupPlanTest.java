package dev.dbartifact.localengine.rds.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.dbartifact.localengine.rds.record.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

class BackupPlanTest {

  private static final Instant NOON = Instant.parse("2030-01-31T12:00:00Z");

  private static BackupPlan plan(int days, boolean fresh) {
    return new BackupPlan("04:07-04:37", days, NOON, fresh);
  }

  private static List<Snapshot> snapshots(String... times) {
    return Stream.of(times).map(BackupPlanTest::snapshot).toList();
  }

  private static Snapshot snapshot(String time) {
    var settings =
        DBClusterSnapshot.builder()
            .dbClusterSnapshotIdentifier(time)
            .snapshotCreateTime(Instant.parse(time))
            .build();
    return new Snapshot("snapshot-" + time, "prod", false, null, List.of(), null, settings);
  }

  @Test
  void whatIsMadeEmptyIsBackedUpAtOnce_andAClone_inItsNextWindow() {
    assertThat(plan(1, true).next(List.of())).isEqualTo(NOON);
    assertThat(plan(1, false).next(List.of())).isEqualTo("2030-02-01T04:07:00Z");
  }

  @ParameterizedTest
  @CsvSource({
    "2030-01-31T12:00:03Z, 2030-02-01T04:07:00Z",
    "2030-02-01T04:06:59Z, 2030-02-01T04:07:00Z",
    "2030-02-01T04:07:00Z, 2030-02-02T04:07:00Z",
    "2030-02-01T04:20:00Z, 2030-02-02T04:07:00Z",
  })
  void theNextOneFollowsInTheWindowAfterTheNewest(String newest, String next) {
    var all = snapshots(newest, "2030-01-30T04:07:00Z");
    assertThat(plan(1, true).next(all)).isEqualTo(next);
    assertThat(plan(1, false).next(all)).isEqualTo(next);
  }

  @Test
  void whatIsOlderThanTheRetentionPeriodGoes() {
    var all =
        snapshots(
            "2030-02-03T04:07:00Z",
            "2030-02-02T04:07:00Z",
            "2030-02-01T04:07:00Z",
            "2030-01-31T12:00:03Z");
    var now = Instant.parse("2030-02-03T04:07:10Z");
    assertThat(plan(1, true).outdated(all, now)).isEqualTo(all.subList(1, 4));
    assertThat(plan(2, true).outdated(all, now)).isEqualTo(all.subList(2, 4));
    assertThat(plan(7, true).outdated(all, now)).isEmpty();
  }

  @Test
  void theNewestStays_howeverOldItIs_unlessNoneAreWanted() {
    var all = snapshots("2030-01-31T12:00:03Z");
    var nextYear = Instant.parse("2031-01-31T12:00:00Z");
    assertThat(plan(1, true).outdated(all, nextYear)).isEmpty();
    assertThat(plan(0, true).outdated(all, NOON)).isEqualTo(all);
  }

  @Test
  void thereAreNoNegativeDays() {
    assertThatIllegalArgumentException().isThrownBy(() -> plan(-1, true));
  }
}
