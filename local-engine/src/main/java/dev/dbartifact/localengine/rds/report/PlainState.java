package dev.dbartifact.localengine.rds.report;

import dev.dbartifact.localengine.rds.record.Cluster;
import dev.dbartifact.localengine.rds.record.Instance;
import dev.dbartifact.localengine.rds.record.Status;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.rds.model.DBInstanceStatusInfo;
import software.amazon.awssdk.services.rds.model.PendingModifiedValues;

/// The state that a plain instance shows: that of its storage until this is available, and then its
/// server's. Pure.
public final class PlainState {

  public static final String RESTORE_ERROR = "restore-error";

  private PlainState() {}

  public static String of(Instance instance, Cluster storage) {
    return instance.is(Status.DELETING) ? Status.DELETING : shown(instance, storage);
  }

  private static String shown(Instance instance, Cluster storage) {
    return switch (storage.status()) {
      case Status.AVAILABLE -> instance.settings().dbInstanceStatus();
      case Status.CLONING_FAILED -> RESTORE_ERROR;
      default -> storage.status();
    };
  }

  /// Why it is what it is; null where nothing is wrong.
  static List<DBInstanceStatusInfo> reasons(Instance instance, Cluster storage) {
    var ofStorage =
        storage.settings().statusInfos().stream()
            .map(why ->
                DBInstanceStatusInfo.builder()
                    .statusType(why.statusType())
                    .normal(why.normal())
                    .status(of(instance, storage))
                    .message(why.message())
                    .build());
    var all = Stream.concat(ofStorage, instance.settings().statusInfos().stream()).toList();
    return all.isEmpty() ? null : all;
  }

  /// The changes that wait, a password that the server does not know yet among them.
  static PendingModifiedValues pending(Instance instance, Cluster storage) {
    var waiting =
        Optional.ofNullable(instance.settings().pendingModifiedValues())
            .orElseGet(() -> PendingModifiedValues.builder().build());
    return waiting.copy(builder ->
        builder.masterUserPassword(hasFirst(instance, storage) ? "****" : changed(storage)));
  }

  private static String changed(Cluster storage) {
    var waiting = storage.settings().pendingModifiedValues();
    return waiting == null ? null : waiting.masterUserPassword();
  }

  /// Whether its first password is still to be set: see the example of `create-db-instance` in the
  /// AWS CLI Command Reference.
  private static boolean hasFirst(Instance instance, Cluster storage) {
    return of(instance, storage).equals(Status.CREATING)
        && storage.cloneOf() == null
        && storage.settings().masterUserSecret() == null;
  }
}
