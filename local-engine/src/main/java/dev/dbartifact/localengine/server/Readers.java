package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Servers that follow others, each on a volume that is made for it.
record Readers(
    VolumeStore store,
    InstalledServers installed,
    RunningServers running,
    Hardening hardening,
    Making making,
    Removal removal) {

  /// See [DatabaseHost#follow].
  void follow(
      StorageId source,
      StorageId id,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws HostException {
    var server = installed.of(source);
    try {
      if (server.dbms().isFollowing(source.value(), id.value(), server.version(), listen)) {
        running.watch(id);
        server.dbms().reload(id.value(), server.version(), listen, parameters);
        if (topology.isPresent()) {
          server.dbms().tell(id.value(), server.version(), topology.get());
        }
        return;
      }
      if (!running.daemon(source).running()) {
        // What it has is not given up for nothing.
        throw new HostException(
            "Could not make a reader of '%s', '%s': its server does not run".formatted(source, id));
      }
      server.dbms().requireFollowable(source.value());
      removal.run(id.value());
    } catch (IOException e) {
      throw Failures.of("Could not make a reader of '%s', '%s'".formatted(source, id), e);
    }
    make(server, source, id, listen, parameters, topology);
  }

  private void make(
      InstalledServers.Server server,
      StorageId source,
      StorageId id,
      Listen listen,
      Map<String, String> parameters,
      Optional<Topology> topology)
      throws HostException {
    making.trying(
        id,
        "make a reader of '%s',".formatted(source),
        () -> {
          server
              .dbms()
              .follow(source.value(), id.value(), server.version(), listen, parameters, topology);
          running.watch(id);
          hardening.server(id.value(), server);
        });
  }

  /// See [DatabaseHost#endOfFollowing].
  Optional<String> end(StorageId id) throws HostException {
    var server = installed.of(id);
    return Failures.asking(
        "ask '%s' whether it follows".formatted(id),
        () -> server.dbms().endOfFollowing(id.value()));
  }

  /// See [DatabaseHost#unfollow].
  void unfollow(StorageId source, StorageId id) throws HostException {
    try {
      removal.run(id.value());
      if (store.seal(source.value()).isPresent()) {
        var server = installed.of(source);
        server.dbms().forget(source.value(), id.value(), server.version());
      }
    } catch (IOException e) {
      throw Failures.of("Could not end the reader '%s' of '%s'".formatted(id, source), e);
    }
  }
}
