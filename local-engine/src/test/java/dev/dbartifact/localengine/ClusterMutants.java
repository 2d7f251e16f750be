package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.CloneKind;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.StorageId;
import java.util.List;
import java.util.stream.Stream;

/// Engines with one thing wrong on the path of clusters.
final class ClusterMutants {

  private ClusterMutants() {}

  static Stream<Mutant> all() {
    return Stream.of(answers(), deletions(), requests(), data(), blocks(), servers())
        .flatMap(List::stream);
  }

  private static List<Mutant> answers() {
    return List.of(
        Mutant.answers(
            "no status on the way to available",
            "<(Status|DBInstanceStatus)>creating<",
            "<$1>available<",
            "what is made is creating before it is available"),
        Mutant.answers(
            "no status on the way out",
            "<(Status|DBInstanceStatus)>deleting<",
            "<$1>available<",
            "what is deleted is deleting before it is gone"),
        Mutant.answers(
            "a wrong fault code",
            "<Code>DBClusterNotFoundFault<",
            "<Code>DBClusterNotFound<",
            "what is not there is not found"),
        Mutant.answers(
            "a fault of the wrong kind",
            "<Code>DBClusterAlreadyExistsFault<",
            "<Code>InvalidParameterValue<",
            "a name is taken once"));
  }

  private static List<Mutant> deletions() {
    return List.of(
        Mutant.service(
            "a delete that ignores protection",
            service ->
                Breakages.before(
                    service,
                    "DeleteDBCluster",
                    form ->
                        form.replace("Action=DeleteDBCluster", "Action=ModifyDBCluster")
                                .replaceAll("&SkipFinalSnapshot=[a-z]+", "")
                            + "&DeletionProtection=false&ApplyImmediately=true"),
            "a protected cluster is not deleted"),
        Mutant.service(
            "a delete of a cluster that has instances",
            service ->
                Breakages.before(
                    service,
                    "DeleteDBCluster",
                    form ->
                        "Action=DeleteDBInstance&DBInstanceIdentifier="
                            + form.replaceAll(".*&DBClusterIdentifier=([^&]+).*", "$1-1")),
            "a cluster with instances is not deleted"));
  }

  private static List<Mutant> requests() {
    return List.of(
        Mutant.service(
            "a wrong HTTP status",
            Breakages::statusOfFaultsIs400,
            "what is not there is not found"),
        Mutant.service(
            "a change that never waits",
            service ->
                Breakages.changed(
                    service,
                    "ModifyDBCluster",
                    form ->
                        form.replaceAll("&ApplyImmediately=[a-z]+", "") + "&ApplyImmediately=true"),
            "what is not to be applied at once is pending"),
        Mutant.service(
            "a restore that keeps the settings of its source",
            service ->
                Breakages.changed(
                    service,
                    "RestoreDBClusterToPointInTime",
                    form -> form + "&DeletionProtection=true&CopyTagsToSnapshot=true&Port=5999"),
            "a restore takes defaults for its settings"),
        Mutant.service(
            "a restore that wants a cluster that runs",
            service ->
                Breakages.changed(
                    service,
                    "RestoreDBClusterToPointInTime",
                    form -> form.replace("RestoreType=full-copy", "RestoreType=copy-on-write")),
            "a cluster that does not run can be restored"));
  }

  private static List<Mutant> data() {
    return List.of(
        Mutant.host(
            "storage shared by source and clone",
            host ->
                Breakages.after(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.words.put(
                            (StorageId) arguments[1],
                            broken.words.computeIfAbsent(
                                (StorageId) arguments[0], any -> FakeDatabases.noWords()))),
            "source and clone go their own ways"),
        Mutant.host(
            "a clone without data",
            host ->
                Breakages.after(
                    host,
                    "copy",
                    (broken, arguments) ->
                        broken.words.put((StorageId) arguments[1], FakeDatabases.noWords())),
            "a clone has the data of its source"));
  }

  private static List<Mutant> blocks() {
    return List.of(
        Mutant.host(
            "a full copy reported as copy-on-write",
            host -> Breakages.instead(host, "copy", ClusterMutants::copyReportedAsWanted),
            "a copy-on-write clone shares its blocks"),
        Mutant.host(
            "copy-on-write that copies",
            host -> copying(host, CloneKind.FULL_COPY),
            "a copy-on-write clone shares its blocks"),
        Mutant.host(
            "a full copy that shares",
            host -> copying(host, CloneKind.COPY_ON_WRITE),
            "a full copy shares nothing"));
  }

  private static Object copyReportedAsWanted(DatabaseHost host, Object[] arguments)
      throws Exception {
    host.copy((StorageId) arguments[0], (StorageId) arguments[1], CloneKind.FULL_COPY);
    return arguments[2];
  }

  /// In this way, whatever is wanted.
  private static DatabaseHost copying(DatabaseHost host, CloneKind kind) {
    return Breakages.instead(
        host,
        "copy",
        (broken, arguments) ->
            broken.copy((StorageId) arguments[0], (StorageId) arguments[1], kind));
  }

  private static List<Mutant> servers() {
    return List.of(
        Mutant.host(
            "a password change that is never applied",
            host -> Breakages.instead(host, "changeMasterPassword", (_, _) -> null),
            "a new password is soon the only one"),
        Mutant.host(
            "a stop that leaves the server running",
            host -> Breakages.instead(host, "stop", (_, _) -> null),
            "a stopped cluster lets nobody in"));
  }
}
