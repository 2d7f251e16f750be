package dev.dbartifact.localengine.server;

import java.time.Instant;
import java.util.Optional;

/// Earlier states of volumes. It costs next to nothing to keep: a base that shares its blocks with
/// the volume, and the log of what was written since. Blocking, and serialised by the caller, as
/// [DatabaseHost] is; [#since] may be asked at any time.
public interface History {
  /// Of hosts that know the present only.
  History NONE = new NoHistory();

  /// From when on every state of the volume can be had again; nothing where none can.
  Optional<Instant> since(StorageId id);

  /// Goes on with the history of a volume whose server runs, or begins it, and lets go of what is
  /// older than asked or takes too much room. To be called again and again, every few seconds; it
  /// does next to nothing where nothing was written. Where the storage is nearly full, or cannot
  /// share blocks, there is no history afterwards.
  ///
  /// @param outdated before this nothing need be kept
  /// @param eagerly whether to begin before something was written to the volume
  void keep(StorageId id, Instant outdated, boolean eagerly) throws HostException;

  /// Gives up what is kept of the volume; [#keep] begins anew. Idempotent.
  void forget(StorageId id) throws HostException;

  /// Makes `id` what `source` was: what had been committed up to that time, and nothing later. No
  /// server runs on it afterwards; it shares no blocks.
  ///
  /// @param time not before [#since], and in the past
  void restore(StorageId source, StorageId id, Instant time) throws HostException;

  /// Bytes that are taken by the history of the volume alone; how much of them is the volume's own
  /// old content was measured within the last minutes.
  long bytes(StorageId id) throws HostException;
}
