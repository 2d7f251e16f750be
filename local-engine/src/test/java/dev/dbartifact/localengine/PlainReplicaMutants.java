package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.Listen;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.wire.Service;
import java.util.Map;
import java.util.stream.Stream;

/// Engines with one thing wrong about the read replicas and the versions of plain instances.
final class PlainReplicaMutants {

  private PlainReplicaMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(answers(), servers(), requests(), versions()).flatMap(each -> each);
  }

  private static Stream<Mutant> answers() {
    return Stream.of(
        Mutant.answers(
            "a replica that does not name its source",
            "<ReadReplicaSourceDBInstanceIdentifier>[^<]*</ReadReplicaSourceDBInstanceIdentifier>",
            "",
            "a read replica and its source name each other"),
        Mutant.answers(
            "a replica that does not say that it replicates",
            "<Status>replicating<",
            "<Status>terminated<",
            "a read replica and its source name each other"));
  }

  private static Stream<Mutant> servers() {
    return Stream.of(
        Mutant.host(
            "a replica that is a copy",
            host -> Breakages.instead(host, "follow", PlainReplicaMutants::copy),
            "a read replica has what its source has"),
        Mutant.host(
            "a promotion that changes nothing",
            host -> Breakages.instead(host, "start", PlainReplicaMutants::startUnlessItFollows),
            "a promoted replica goes its own way"),
        Mutant.host(
            "a replica that follows a source that is gone",
            host -> Breakages.instead(host, "start", PlainReplicaMutants::startUnlessItFollows),
            "a replica outlives its source"));
  }

  private static Stream<Mutant> requests() {
    return Stream.of(
        Mutant.service(
            "a deletion of a source that deletes its replicas",
            rds ->
                Breakages.before(rds, "DeleteDBInstance", form -> form.replace("-shop&", "-copy&")),
            "a replica outlives its source"),
        Mutant.service(
            "a final snapshot of a replica that is silently left out",
            rds ->
                Breakages.changed(
                    rds,
                    "DeleteDBInstance",
                    form ->
                        form.replaceAll("&FinalDBSnapshotIdentifier=[^&]+", "")
                            + "&SkipFinalSnapshot=true"),
            "a replica has no final snapshot"),
        Mutant.service(
            "backups that nobody asked for",
            rds ->
                Breakages.changed(
                    rds,
                    "CreateDBInstance",
                    form -> form.replace("&BackupRetentionPeriod=0", "&BackupRetentionPeriod=1")),
            "a source needs backups"));
  }

  private static Stream<Mutant> versions() {
    return Stream.of(
        Mutant.service(
            "a version that is understood as another one",
            rds -> withoutVersion(rds, "CreateDBInstance"),
            "an instance has the version that it was made with"),
        Mutant.service(
            "any version",
            rds -> withoutVersion(rds, "CreateDBInstance"),
            "a version that is not offered cannot be had"),
        Mutant.service(
            "an upgrade that is not made",
            rds -> withoutVersion(rds, "ModifyDBInstance"),
            "an upgrade waits unless it is wanted at once"),
        Mutant.answers(
            "an upgrade that shows no state",
            "<DBInstanceStatus>upgrading<",
            "<DBInstanceStatus>available<",
            "an upgrade waits unless it is wanted at once"),
        Mutant.service(
            "a way back that is taken and not gone",
            rds -> withoutVersion(rds, "ModifyDBInstance"),
            "there is no way back from an upgrade"));
  }

  private static Service withoutVersion(Service rds, String action) {
    return Breakages.changed(rds, action, form -> form.replaceAll("&EngineVersion=[^&]+", ""));
  }

  @SuppressWarnings("unchecked")
  private static Object copy(DatabaseHost host, Object[] arguments) throws Exception {
    var id = (StorageId) arguments[1];
    host.copy((StorageId) arguments[0], id, CloneKind.COPY_ON_WRITE);
    host.start(id, (Listen) arguments[2], (Map<String, String>) arguments[3]);
    return null;
  }

  @SuppressWarnings("unchecked")
  private static Object startUnlessItFollows(DatabaseHost host, Object[] arguments)
      throws Exception {
    var id = (StorageId) arguments[0];
    if (!((FakeDatabaseHost) host).followed.containsKey(id)) {
      host.start(id, (Listen) arguments[1], (Map<String, String>) arguments[2]);
    }
    return null;
  }
}
