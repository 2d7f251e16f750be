package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.crash.CrashPoint;
import java.util.stream.Stream;

/// By which points an engine comes, by what it is asked for.
final class CrashCases {
  private CrashCases() {}

  /// What is asked of an engine that is to be killed at the point; at least one thing.
  static Stream<CrashScenario> of(CrashPoint point) {
    return Stream.of(
            first(point),
            ofMySql(point),
            ofPlainInstances(point),
            ofOthers(point),
            ofResets(point),
            ofUpgrades(point))
        .flatMap(each -> each);
  }

  /// In the first place. Every point has one: the compiler sees to that.
  private static Stream<CrashScenario> first(CrashPoint point) {
    return switch (point) {
      case CLUSTER_UNRECORDED,
          CLUSTER_RECORDED,
          VOLUME_UNMADE,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          CLUSTER_UNAVAILABLE ->
          Stream.of(CrashScenario.CREATE, CrashScenario.CLONE);
      case CLUSTER_AVAILABLE,
          SERVER_UNSTARTED,
          SERVER_LAUNCHED,
          SERVER_STARTED,
          INSTANCE_AVAILABLE ->
          Stream.of(CrashScenario.CLONE);
      case PASSWORD_ACCEPTED, PASSWORD_UNCHANGED, PASSWORD_CHANGED ->
          Stream.of(CrashScenario.PASSWORD);
      case SECRET_UNUSED -> Stream.of(CrashScenario.MANAGE);
      case SECRET_DISOWNED -> Stream.of(CrashScenario.UNMANAGE);
      case SECRET_STAGED, SECRET_ROTATED -> Stream.of(CrashScenario.ROTATE);
      case SNAPSHOT_RECORDED, SNAPSHOT_COPIED, SNAPSHOT_AVAILABLE ->
          Stream.of(CrashScenario.SNAPSHOT);
      case SNAPSHOT_DELETING, SNAPSHOT_DISCARDED -> Stream.of(CrashScenario.SNAPSHOT_DELETE);
      case INSTANCE_RENAMING, INSTANCE_RENAMED -> Stream.of(CrashScenario.RENAME);
      case PORT_CHANGED -> Stream.of(CrashScenario.PORT);
      case CLUSTER_STOPPING, CLUSTER_STOPPED -> Stream.of(CrashScenario.STOP);
      case CLUSTER_STARTING -> Stream.of(CrashScenario.START);
      case INSTANCE_REBOOTING, SERVER_HALTED -> Stream.of(CrashScenario.REBOOT);
      case READER_ADMITTED -> Stream.of(CrashScenario.READER);
      case WRITER_UNSTOPPED, WRITER_STOPPED, WRITER_CHANGED -> Stream.of(CrashScenario.FAILOVER);
      case REPLICA_PROMOTING, REPLICA_PROMOTED -> Stream.of(CrashScenario.PLAIN_PROMOTE);
      case LOG_BEGUN, BASE_UNSEALED, BASE_MADE -> Stream.of(CrashScenario.HISTORY);
      case LOG_TAKEN -> Stream.of(CrashScenario.LOG);
      case LOG_UNREPLAYED, LOG_REPLAYED -> Stream.of(CrashScenario.RESTORE);
      case REPLACEMENT_READY, SERVER_KILLED, VOLUME_REPLACED -> Stream.of(CrashScenario.RESET);
      case UPGRADE_BEGUN, UPGRADE_UNRECORDED, UPGRADE_RECORDED -> Stream.of(CrashScenario.UPGRADE);
      case LISTENER_CHANGED -> Stream.of(CrashScenario.CAPACITY);
      case CLUSTER_PAUSING, CLUSTER_PAUSED -> Stream.of(CrashScenario.PAUSE);
      case CLUSTER_RESUMING -> Stream.of(CrashScenario.RESUME);
      case BASE_DISCARDED -> Stream.of(CrashScenario.DELETE_WITH_HISTORY);
      case INSTANCE_DELETING,
          SERVER_STOPPED,
          INSTANCE_FORGOTTEN,
          CLUSTER_DELETING,
          VOLUME_THROWN_AWAY,
          VOLUME_DISCARDED,
          CLUSTER_FORGOTTEN ->
          Stream.of(CrashScenario.DELETE);
    };
  }

  /// Which come by points that are those of something else in the first place.
  private static Stream<CrashScenario> ofOthers(CrashPoint point) {
    return switch (point) {
      case SNAPSHOT_RECORDED, SNAPSHOT_COPIED, SNAPSHOT_AVAILABLE ->
          Stream.of(CrashScenario.SNAPSHOT_COPY);
      case VOLUME_FILLED -> Stream.of(CrashScenario.READER, CrashScenario.MYSQL_CLONE);
      case VOLUME_UNSEALED, VOLUME_SEALED, SERVER_LAUNCHED, SERVER_STARTED ->
          Stream.of(CrashScenario.READER, CrashScenario.MYSQL_CLONE);
      case VOLUME_UNMADE, CLUSTER_UNAVAILABLE, SERVER_UNSTARTED, INSTANCE_AVAILABLE ->
          Stream.of(CrashScenario.MYSQL_CLONE);
      case PASSWORD_ACCEPTED, PASSWORD_UNCHANGED, PASSWORD_CHANGED ->
          Stream.of(CrashScenario.MANAGE, CrashScenario.ROTATE);
      default -> Stream.of();
    };
  }

  /// Where its readers go another way than those of PostgreSQL.
  private static Stream<CrashScenario> ofMySql(CrashPoint point) {
    return switch (point) {
      case VOLUME_UNMADE,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          SERVER_LAUNCHED,
          SERVER_STARTED ->
          Stream.of(CrashScenario.MYSQL_READER);
      case WRITER_UNSTOPPED, WRITER_STOPPED, WRITER_CHANGED ->
          Stream.of(CrashScenario.MYSQL_FAILOVER);
      default -> Stream.of();
    };
  }

  /// Where they go another way than clusters.
  private static Stream<CrashScenario> ofPlainInstances(CrashPoint point) {
    return switch (point) {
      case CLUSTER_UNRECORDED, CLUSTER_RECORDED, VOLUME_SEALED, CLUSTER_UNAVAILABLE ->
          Stream.of(CrashScenario.PLAIN_CREATE, CrashScenario.PLAIN_RESTORE);
      case SERVER_STARTED, INSTANCE_AVAILABLE ->
          Stream.of(CrashScenario.PLAIN_CREATE, CrashScenario.PLAIN_REPLICA);
      case SNAPSHOT_RECORDED, SNAPSHOT_COPIED ->
          Stream.of(CrashScenario.PLAIN_BACKUP, CrashScenario.PLAIN_DELETE);
      case SNAPSHOT_AVAILABLE -> Stream.of(CrashScenario.PLAIN_BACKUP);
      case SNAPSHOT_DELETING,
          SNAPSHOT_DISCARDED,
          CLUSTER_DELETING,
          VOLUME_DISCARDED,
          CLUSTER_FORGOTTEN ->
          Stream.of(CrashScenario.PLAIN_DELETE);
      default -> Stream.of();
    };
  }

  /// What a reset comes by; those of a reader come before and after the swap, of which only one is
  /// met.
  private static Stream<CrashScenario> ofResets(CrashPoint point) {
    return switch (point) {
      case VOLUME_UNMADE,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          SERVER_UNSTARTED,
          SERVER_LAUNCHED,
          PASSWORD_UNCHANGED,
          INSTANCE_AVAILABLE ->
          Stream.of(CrashScenario.RESET);
      case SERVER_STARTED, PASSWORD_CHANGED ->
          Stream.of(
              CrashScenario.RESET, CrashScenario.RESET_WITH_READER, CrashScenario.MYSQL_RESET);
      case REPLACEMENT_READY, SERVER_KILLED, VOLUME_REPLACED, VOLUME_THROWN_AWAY ->
          Stream.of(
              CrashScenario.RESET_WITH_READER,
              CrashScenario.RESET_WITH_HISTORY,
              CrashScenario.MYSQL_RESET);
      case READER_ADMITTED -> Stream.of(CrashScenario.RESET_WITH_READER);
      case BASE_DISCARDED -> Stream.of(CrashScenario.RESET_WITH_HISTORY);
      default -> Stream.of();
    };
  }

  /// What an upgrade to another major version comes by.
  private static Stream<CrashScenario> ofUpgrades(CrashPoint point) {
    return switch (point) {
      case SNAPSHOT_RECORDED,
          SNAPSHOT_COPIED,
          VOLUME_FILLED,
          VOLUME_UNSEALED,
          VOLUME_SEALED,
          REPLACEMENT_READY,
          SERVER_KILLED,
          VOLUME_THROWN_AWAY,
          VOLUME_REPLACED,
          SERVER_LAUNCHED,
          SERVER_STARTED,
          INSTANCE_AVAILABLE ->
          Stream.of(CrashScenario.UPGRADE);
      default -> Stream.of();
    };
  }
}
