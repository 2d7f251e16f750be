package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.rds.model.DBClusterMember;
import software.amazon.awssdk.services.rds.model.DBInstance;

/// An engine with a cluster `shop` that has readers.
abstract class ReaderFixture extends EngineFixture {
  DBInstance addReader(String id) {
    return addReader(id, "db.r6g.large");
  }

  DBInstance addReader(String id, String instanceClass) {
    engine.rds.createDBInstance(r ->
        r.dbInstanceIdentifier(id)
            .dbClusterIdentifier("shop")
            .dbInstanceClass(instanceClass)
            .engine("aurora-postgresql"));
    return awaitAvailable(id);
  }

  void failOverTo(String target) {
    engine.rds.failoverDBCluster(
        r -> r.dbClusterIdentifier("shop").targetDBInstanceIdentifier(target));
  }

  DBInstance awaitAvailable(String id) {
    return engine.awaitInstance(id, ReaderFixture::isAvailable);
  }

  List<String> members() {
    return engine.describe("shop").dbClusterMembers().stream().map(ReaderFixture::member).toList();
  }

  static String member(DBClusterMember member) {
    return member.dbInstanceIdentifier() + (member.isClusterWriter() ? " writes" : " reads");
  }

  String address(String instance) {
    return engine.describeInstance(instance).endpoint().address();
  }

  StorageId volume(DBInstance instance) {
    return new StorageId(instance.dbiResourceId().toLowerCase(Locale.ROOT));
  }

  static boolean isAvailable(DBInstance instance) {
    return instance.dbInstanceStatus().equals("available");
  }

  void failOver() {
    engine.rds.failoverDBCluster(r -> r.dbClusterIdentifier("shop"));
    engine.await("shop", each -> each.status().equals("available"));
  }
}
