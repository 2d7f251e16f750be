package dev.dbartifact.localengine.rds.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;

class SnapshotTest {

  /// The status lasts longer than the work: what it was made of may be gone by then.
  @ParameterizedTest(name = "{0}, {1} %")
  @CsvSource({
    "available, 100, true, false",
    "creating, 0, false, true",
    "creating, 100, true, false",
    "copying, 0, false, true",
    "copying, 100, true, false",
    "failed, 0, false, false",
    "deleting, 100, false, false"
  })
  void whetherItsVolumeIsThere(String status, int progress, boolean made, boolean underWay) {
    var settings = DBClusterSnapshot.builder().status(status).percentProgress(progress).build();
    var snapshot = new Snapshot("its", "of", false, null, List.of(), null, settings);

    assertThat(snapshot.isMade()).isEqualTo(made);
    assertThat(snapshot.isUnderWay()).isEqualTo(underWay);
  }
}
