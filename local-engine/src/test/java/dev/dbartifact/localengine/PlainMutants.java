package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.StorageId;
import dev.dbartifact.localengine.wire.Service;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Engines with one thing wrong on the path of plain instances.
final class PlainMutants {

  private PlainMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(
            statuses(),
            faults(),
            contents(),
            deletions(),
            changes(),
            rebootsAndRestores(),
            copies(),
            servers())
        .flatMap(List::stream);
  }

  private static List<Mutant> statuses() {
    return List.of(
        Mutant.answers(
            "an instance that is available at once",
            "<DBInstanceStatus>creating<",
            "<DBInstanceStatus>available<",
            "an instance is creating before it is available"),
        Mutant.answers(
            "an instance that is gone at once",
            "<DBInstanceStatus>deleting<",
            "<DBInstanceStatus>deleted<",
            "an instance is deleting before it is gone"),
        Mutant.answers(
            "a stop that shows no state",
            "<DBInstanceStatus>stopping<",
            "<DBInstanceStatus>available<",
            "a stopped instance lets nobody in"));
  }

  private static List<Mutant> faults() {
    return List.of(
        Mutant.answers(
            "the class's name for a fault's code",
            "<Code>DBInstanceNotFound<",
            "<Code>DBInstanceNotFoundFault<",
            "an instance that is not there is not found"),
        Mutant.answers(
            "a snapshot's fault for an instance's",
            "<Code>DBInstanceAlreadyExists<",
            "<Code>DBSnapshotAlreadyExists<",
            "the name of an instance is taken once"));
  }

  private static List<Mutant> contents() {
    return List.of(
        Mutant.answers(
            "a retention that is not kept",
            "<BackupRetentionPeriod>9<",
            "<BackupRetentionPeriod>1<",
            "an instance is described as it was asked for"),
        Mutant.answers(
            "a password that is shown",
            "<MasterUserPassword>[^<]+<",
            "<MasterUserPassword>battery-staple<",
            "a new password of an instance is soon the only one"),
        Mutant.answers(
            "a static parameter that counts at once",
            "<ParameterApplyStatus>pending-reboot<",
            "<ParameterApplyStatus>in-sync<",
            "a static parameter counts from the next reboot"),
        Mutant.answers(
            "a snapshot that never says that it is there",
            "<PercentProgress>100<",
            "<PercentProgress>0<",
            "a snapshot is creating while its instance is backing-up"));
  }

  private static List<Mutant> deletions() {
    return List.of(
        Mutant.service(
            "a delete that ignores protection",
            rds ->
                Breakages.before(
                    rds,
                    "DeleteDBInstance",
                    form ->
                        form.replace("Action=DeleteDBInstance", "Action=ModifyDBInstance")
                                .replaceAll("&SkipFinalSnapshot=[a-z]+", "")
                            + "&DeletionProtection=false"),
            "a protected instance is not deleted"),
        Mutant.service(
            "a final snapshot that is not made",
            rds ->
                Breakages.changed(
                    rds,
                    "DeleteDBInstance",
                    form ->
                        form.replaceAll("&FinalDBSnapshotIdentifier=[^&]+", "")
                            + "&SkipFinalSnapshot=true"),
            "a final snapshot is there when its instance is gone"),
        Mutant.service(
            "a delete that does not ask for the final snapshot",
            rds ->
                Breakages.changed(
                    rds,
                    "DeleteDBInstance",
                    form -> form.replace("&SkipFinalSnapshot=false", "&SkipFinalSnapshot=true")),
            "a deletion says what becomes of the data"));
  }

  private static List<Mutant> changes() {
    return List.of(
        Mutant.service(
            "a change that never waits",
            rds -> Breakages.changed(rds, "ModifyDBInstance", PlainMutants::atOnce),
            "a change of an instance waits unless it is wanted at once"),
        Mutant.service(
            "a change that is wanted at once and waits",
            rds ->
                Breakages.changed(
                    rds,
                    "ModifyDBInstance",
                    form -> form.replace("&ApplyImmediately=true", "&ApplyImmediately=false")),
            "a change of an instance waits unless it is wanted at once"),
        Mutant.service(
            "a change that waits and cannot be taken back",
            rds ->
                Breakages.changed(
                    rds,
                    "ModifyDBInstance",
                    form -> form.replaceAll("&DBInstanceClass=db.t4g.medium", "")),
            "what waits is taken back by what there is"),
        Mutant.service(
            "tags that stay",
            rds ->
                Breakages.changed(
                    rds,
                    "RemoveTagsFromResource",
                    form -> form.replaceAll("(&TagKeys.member.1=)[^&]+", "$1another")),
            "the tags of an instance can be changed"));
  }

  private static List<Mutant> rebootsAndRestores() {
    return List.of(
        Mutant.service(
            "a reboot that makes what waits",
            rds ->
                Breakages.before(
                    rds,
                    "RebootDBInstance",
                    form ->
                        atOnce(form.replace("Action=RebootDBInstance", "Action=ModifyDBInstance"))),
            "a reboot makes no change that waits"),
        Mutant.service(
            "a restore that keeps the settings of its source",
            rds ->
                Breakages.changed(
                    rds,
                    "RestoreDBInstanceFromDBSnapshot",
                    form -> form + "&DeletionProtection=true&CopyTagsToSnapshot=true"),
            "a restored instance takes defaults for its settings"),
        Mutant.service(
            "a restore to a time that gives the present",
            PlainMutants::restoringThePresent,
            "a restore to a time holds what was there at the time"),
        Mutant.service(
            "a restore that takes what time it likes",
            PlainMutants::restoringThePresent,
            "a restore wants one time, and backups"));
  }

  private static String atOnce(String form) {
    return form.replaceAll("&ApplyImmediately=[a-z]+", "") + "&ApplyImmediately=true";
  }

  private static Service restoringThePresent(Service rds) {
    return Breakages.changed(
        rds,
        "RestoreDBInstanceToPointInTime",
        form ->
            form.replaceAll("&(RestoreTime|UseLatestRestorableTime)=[^&]+", "")
                + "&UseLatestRestorableTime=true");
  }

  private static List<Mutant> copies() {
    return List.of(
        Mutant.host(
            "a restore that shares storage with its source",
            host -> sharing(host, copy -> !isSnapshot(copy)),
            "a restored instance and its source go their own ways"),
        Mutant.host(
            "a snapshot that changes when its source writes",
            host -> sharing(host, PlainMutants::isSnapshot),
            "a snapshot holds what was there then"),
        Mutant.host(
            "a restore without data",
            host ->
                Breakages.after(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.words.put((StorageId) arguments[1], FakeDatabases.noWords())),
            "a snapshot holds what was there then"),
        Mutant.host(
            "a final snapshot that fails",
            host ->
                Breakages.instead(
                    host,
                    "copy",
                    (_, _) -> {
                      throw new HostException("no copy");
                    }),
            "a final snapshot is there when its instance is gone"));
  }

  private static List<Mutant> servers() {
    return List.of(
        Mutant.host(
            "a password change that is never applied",
            host -> Breakages.instead(host, "changeMasterPassword", (_, _) -> null),
            "a new password of an instance is soon the only one"),
        Mutant.host(
            "a stop that leaves the server running",
            host -> Breakages.instead(host, "stop", (_, _) -> null),
            "a stopped instance lets nobody in"));
  }

  private static boolean isSnapshot(StorageId copy) {
    return copy.toString().startsWith("snapshot-");
  }

  private static DatabaseHost sharing(DatabaseHost host, Predicate<StorageId> which) {
    return Breakages.after(
        host,
        "copy",
        (broken, arguments) ->
            which.test((StorageId) arguments[1])
                ? broken.words.put(
                    (StorageId) arguments[1],
                    broken.words.computeIfAbsent(
                        (StorageId) arguments[0], any -> FakeDatabases.noWords()))
                : null);
  }
}
