package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The volumes: how a new one comes, which there are, what they take, and how they go.
record StoredVolumes(
    VolumeStore store,
    InstalledServers installed,
    Creation creation,
    Making making,
    Removal removal) {

  /// See [DatabaseHost#create].
  void create(StorageId id, NewDatabase database) throws HostException {
    var server = installed.of(database.kind(), database.version());
    making.trying(
        id, "create", () -> creation.run(id.value(), server.dbms(), server.version(), database));
  }

  /// See [DatabaseHost#stored].
  Set<StorageId> all() throws HostException {
    return Failures.asking("list the volumes", store::names).stream()
        .filter(name -> !name.contains("."))
        .map(StorageId::new)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// See [DatabaseHost#isWhole].
  boolean isWhole(StorageId id) throws HostException {
    return Failures.asking(
        "ask whether '%s' is complete".formatted(id), () -> store.seal(id.value()).isPresent());
  }

  /// See [DatabaseHost#engineVersion].
  String engineVersion(StorageId id) {
    try {
      return installed.of(id).version();
    } catch (HostException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// See [DatabaseHost#usage].
  Usage usage(StorageId id) throws HostException {
    installed.of(id);
    var extent = Failures.asking("measure '%s'".formatted(id), () -> store.measure(id.value()));
    return new Usage(extent.total(), extent.exclusive(), extent.total() - extent.exclusive());
  }

  /// See [DatabaseHost#scarce].
  boolean scarce(double share) throws HostException {
    return Failures.asking("ask how full the storage is", () -> store.space().staysScarce(share));
  }

  /// See [DatabaseHost#harden].
  void harden(StorageId id) throws HostException {
    Failures.trying(
        "make sure that '%s' is on the disk".formatted(id), () -> store.harden(id.value()));
  }

  /// See [DatabaseHost#discard].
  void discard(StorageId id) throws HostException {
    Failures.trying("discard '%s'".formatted(id), () -> removal.run(id.value()));
  }

  /// See [DatabaseHost#setAside].
  void setAside(StorageId id) throws HostException {
    if (Files.exists(store.path(id.value()))) {
      Failures.trying("set '%s' aside".formatted(id), () -> removal.setAside(id.value()));
    }
  }

  /// See [DatabaseHost#takeBack].
  boolean takeBack(StorageId id) throws HostException {
    return Failures.asking("take '%s' back".formatted(id), () -> store.takeBack(id.value()));
  }

  /// Removes the volumes that were set aside, and answers how many there were.
  int discardUnclaimed() throws HostException {
    return Failures.asking("remove the volumes that were set aside", removal::discardAside);
  }
}
