package dev.dbartifact.localengine.server;

import java.util.Collection;
import java.util.List;

/// Brings volumes to another major version of PostgreSQL. Blocking, and serialised by the caller,
/// as [DatabaseHost] is; [#possible] may be asked at any time.
public interface MajorUpgrades {

  /// Whether data of one version can be brought to another, later major one.
  boolean possible(String from, String to);

  /// What keeps the databases of `id`, whose server runs, from that version, as far as that can be
  /// told before: a text for each problem.
  List<String> problems(StorageId id, String version) throws HostException;

  /// Brings the data of `id` to that version, a later major one: users, passwords, databases and
  /// what is in them. Its server stops for that, and none runs on it afterwards; its history goes.
  /// If it fails, the data of `id` are what they were, and the log of the upgrade says why.
  ///
  /// @param readers of `id`, which go
  void run(StorageId id, String version, Collection<StorageId> readers) throws HostException;
}
