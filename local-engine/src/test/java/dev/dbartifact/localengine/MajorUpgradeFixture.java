package dev.dbartifact.localengine;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.services.rds.model.DBCluster;
import software.amazon.awssdk.services.rds.model.DBClusterSnapshot;
import software.amazon.awssdk.services.rds.model.DBInstance;
import software.amazon.awssdk.services.rds.model.ModifyDbClusterRequest;

/// An engine with what brings data of PostgreSQL 15.18 to 17.11, and whoever asks for that.
abstract class MajorUpgradeFixture extends UpgradeFixture {

  @BeforeEach
  void shareBlocks() {
    host.sharing = true;
  }

  void cluster(String... instances) {
    engine.rds.createDBCluster(request ->
        request
            .dbClusterIdentifier("prod")
            .engine("aurora-postgresql")
            .engineVersion("15.4")
            .masterUsername("shop")
            .masterUserPassword(TestEngine.PASSWORD));
    for (var instance : instances) {
      engine.createInstance(instance, "prod");
      until(instance, "available");
    }
    settled();
  }

  DBInstance plain(String id) {
    return make(id, request -> request.engineVersion("15.4"));
  }

  DBCluster settled() {
    return engine.await("prod", each -> each.status().equals("available"));
  }

  DBCluster upgrade() {
    return upgrade(_ -> {});
  }

  DBCluster upgrade(Consumer<ModifyDbClusterRequest.Builder> besides) {
    return modify(r ->
        besides.accept(
            r.engineVersion("17.5").allowMajorVersionUpgrade(true).applyImmediately(true)));
  }

  List<String> snapshots() {
    return engine
        .rds
        .describeDBClusterSnapshots(r -> r.snapshotType("automated"))
        .dbClusterSnapshots()
        .stream()
        .map(DBClusterSnapshot::dbClusterSnapshotIdentifier)
        .filter(each -> each.startsWith("preupgrade-"))
        .toList();
  }
}
