package dev.dbartifact.localengine.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The moments before and after each side effect at which an engine may be killed. For tests: the
/// system property `dev.dbartifact.localengine.crash-at` names a file; while that holds the name of
/// a point, the engine ends there without a word, as by SIGKILL.
public enum CrashPoint {
  /// The work on a new cluster's volume has begun, nothing is remembered.
  CLUSTER_UNRECORDED,
  CLUSTER_RECORDED,
  /// Nothing of the volume is there.
  VOLUME_UNMADE,
  /// The volume has the files of a template or of its source.
  VOLUME_FILLED,
  /// The volume is whole but does not say so.
  VOLUME_UNSEALED,
  VOLUME_SEALED,
  /// The cluster has its volume but still reads as being made.
  CLUSTER_UNAVAILABLE,
  CLUSTER_AVAILABLE,
  SERVER_UNSTARTED,
  /// The server's process is there and takes no logins yet.
  SERVER_LAUNCHED,
  SERVER_STARTED,
  INSTANCE_AVAILABLE,
  PASSWORD_ACCEPTED,
  PASSWORD_UNCHANGED,
  /// The server knows the password, the record still calls it pending.
  PASSWORD_CHANGED,
  /// A secret holds the password that its cluster is to have, which does not name it yet.
  SECRET_UNUSED,
  /// A secret is there that its cluster has just ceased to name.
  SECRET_DISOWNED,
  /// A secret holds the next password, which nobody else knows.
  SECRET_STAGED,
  /// The next password of a secret is the current one, the cluster still calls it rotating.
  SECRET_ROTATED,
  SNAPSHOT_RECORDED,
  /// The snapshot has its volume but still reads as being made.
  SNAPSHOT_COPIED,
  SNAPSHOT_AVAILABLE,
  SNAPSHOT_DELETING,
  /// The snapshot's volume is gone, its record is still there.
  SNAPSHOT_DISCARDED,
  /// Endpoints know both names of an instance, which has the old one.
  INSTANCE_RENAMING,
  /// The instance has its new name, endpoints still know the old one, too.
  INSTANCE_RENAMED,
  /// The record has another port than the servers.
  PORT_CHANGED,
  /// The record says that the engine listens in place of the servers, or no longer; they do not
  /// know it yet.
  LISTENER_CHANGED,
  /// The server of a cluster that is idle is about to stop.
  CLUSTER_PAUSING,
  /// It has stopped, and whoever connects gets it back.
  CLUSTER_PAUSED,
  /// Somebody waits for a server that was paused.
  CLUSTER_RESUMING,
  /// The cluster is stopping, its instances do not say so yet.
  CLUSTER_STOPPING,
  /// All servers have stopped, the record says that they are about to.
  CLUSTER_STOPPED,
  /// The cluster is starting, its instances are still stopped.
  CLUSTER_STARTING,
  INSTANCE_REBOOTING,
  /// A server that is rebooted has stopped.
  SERVER_HALTED,
  /// The writer keeps log for a reader that is not there yet.
  READER_ADMITTED,
  INSTANCE_DELETING,
  SERVER_STOPPED,
  INSTANCE_FORGOTTEN,
  CLUSTER_DELETING,
  WRITER_UNSTOPPED,
  WRITER_STOPPED,
  /// The record names the new writer, whose server is still to be started.
  WRITER_CHANGED,
  /// A read replica is to be none any more, the record of its storage still names its source.
  REPLICA_PROMOTING,
  /// The record names no source, the server still follows it.
  REPLICA_PROMOTED,
  /// There is a place for the log of a cluster, and nothing in it.
  LOG_BEGUN,
  /// Segments of the log are kept, and the server keeps them, too.
  LOG_TAKEN,
  /// What a restore to a time begins with is there, but does not say so.
  BASE_UNSEALED,
  BASE_MADE,
  /// The volume of a restore has the files of its base, and the log.
  LOG_UNREPLAYED,
  LOG_REPLAYED,
  /// A base is gone, the log that belongs to it is still there.
  BASE_DISCARDED,
  /// What a cluster is to be reset to is there, beside its volume, and its password is remembered;
  /// its server may have ended.
  REPLACEMENT_READY,
  /// The server of a cluster that is reset has ended, and so have those of its readers.
  SERVER_KILLED,
  /// The server of a cluster that is to have another major version has stopped, and nothing of the
  /// new volume is there.
  UPGRADE_BEGUN,
  /// The volume has another major version, the record of its cluster still names the old one.
  UPGRADE_UNRECORDED,
  /// The record names the new major version, whose server is still to be started.
  UPGRADE_RECORDED,
  /// The volume is that of the source, or that of the new major version, and no server runs on it
  /// yet.
  VOLUME_REPLACED,
  /// The volume is in the trash, with all that is in it.
  VOLUME_THROWN_AWAY,
  VOLUME_DISCARDED,
  CLUSTER_FORGOTTEN;

  /// The exit code of an engine that ended at a point.
  public static final int EXIT_CODE = 86;

  /// Names the file that names the point to end at.
  public static final String PROPERTY = "dev.dbartifact.localengine.crash-at";

  private static final Optional<Path> CHOSEN =
      Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of);

  /// Ends the engine if this is the chosen point.
  public void reached() {
    if (CHOSEN.isPresent() && isNamedIn(CHOSEN.get())) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private boolean isNamedIn(Path file) {
    try {
      return Files.readString(file).equals(name());
    } catch (IOException e) {
      // No point is chosen yet.
      return false;
    }
  }
}
