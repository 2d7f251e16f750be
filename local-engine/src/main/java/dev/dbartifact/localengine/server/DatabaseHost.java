package dev.dbartifact.localengine.server;

import java.util.List;
import java.util.Set;

/// Storage and compute of all clusters: volumes and the database servers that run on them.
/// Blocking; may be called from several threads, calls about one storage are serialised by the
/// caller.
public interface DatabaseHost extends AutoCloseable {

  /// Makes a volume with an empty database: master user, password, first database. No server runs
  /// afterwards. Undoes itself when it fails.
  void create(StorageId id, NewDatabase database) throws HostException;

  /// Makes `id` a copy-on-write clone of `source` (whose server may be running).
  /// [CloneKind#FULL_COPY] copies every block. Answers how it was really made.
  CloneKind copy(StorageId source, StorageId id, CloneKind wanted) throws HostException;

  /// Starts the server and returns when it answers; the server listens on
  /// `listen.address():listen.port()` only (plus a private unix socket). Idempotent.
  void start(StorageId id, Listen listen) throws HostException;

  /// Stops the server cleanly. Idempotent.
  void stop(StorageId id) throws HostException;

  boolean running(StorageId id);

  /// Sets the password of the master user; the server must be running.
  void changeMasterPassword(StorageId id, String user, Secret password) throws HostException;

  /// Removes the volume, after stopping its server. Idempotent.
  void discard(StorageId id) throws HostException;

  /// Every volume that is there, complete or not.
  Set<StorageId> stored() throws HostException;

  /// Bytes in total, exclusively owned, and shared with other volumes.
  Usage usage(StorageId id) throws HostException;

  /// The version of the server that the volume needs, such as `17.11`.
  String engineVersion(StorageId id);

  /// What can be created, such as `17.11` and `15.18`, newest first.
  List<String> installedVersions();

  /// Stops all servers cleanly. Volumes stay; the next start finds them again.
  @Override
  void close();
}
