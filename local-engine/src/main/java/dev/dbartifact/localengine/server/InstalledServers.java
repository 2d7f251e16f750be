package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.postgres.Installation;
import dev.dbartifact.localengine.volume.Seal;
import dev.dbartifact.localengine.volume.VolumeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The database servers that are installed here, and which of them a volume needs.
record InstalledServers(VolumeStore store, List<Dbms> kinds) {

  InstalledServers {
    kinds = List.copyOf(kinds);
  }

  /// A server that is installed.
  record Server(Dbms dbms, String version) {}

  /// The server that the volume's seal names.
  ///
  /// @throws HostException where there is no such volume, or no such server
  Server of(StorageId id) throws HostException {
    try {
      var found = store.seal(id.value());
      if (found.isEmpty()) {
        throw missing(id);
      }
      var seal = found.get();
      return seal.mariadb() == null
          ? of(ServerKind.POSTGRESQL, seal.postgres())
          : of(ServerKind.MARIADB, seal.mariadb());
    } catch (IOException e) {
      throw Failures.of("Could not look at '%s'".formatted(id), e);
    }
  }

  private HostException missing(StorageId id) throws IOException {
    var there = store.aside(id.value()).isEmpty() ? "" : ": " + howToTakeBack(id.value());
    return new HostException.NotFound("There is no storage '%s'%s".formatted(id, there));
  }

  /// What to do about a volume that was set aside: since its seal cannot be read, or for lack of a
  /// record.
  String howToTakeBack(String name) throws IOException {
    var aside = store.aside(name);
    if (aside.isPresent() && store.isWholeAside(name)) {
      return aside.get()
          + " was set aside for lack of a record: the next start of the engine takes the volume back";
    }
    return aside
        .map(volume ->
            "%s/volume.json cannot be read, nor its copy. Put it back as it was, {\"volume\":\"%s\",\"%s\":\"VERSION\"} with the version of the server: the next start of the engine takes the volume back"
                .formatted(
                    volume,
                    name,
                    Files.isDirectory(volume.resolve(Servers.DATA)) ? "postgres" : "mariadb"))
        .orElse("it is gone");
  }

  /// The server that works on files of this version.
  Server of(ServerKind kind, String version) throws HostException {
    var dbms = dbms(kind);
    return dbms.choose(version)
        .map(chosen -> new Server(dbms, chosen))
        .orElseThrow(() -> missing(dbms, version));
  }

  private static HostException missing(Dbms dbms, String version) {
    var installed = dbms.versions();
    return new HostException.NotFound(
        "There is no %s %s here; %s"
            .formatted(
                dbms.kind().title(),
                version,
                installed.isEmpty()
                    ? "none is installed. " + dbms.advice()
                    : "installed: " + String.join(", ", installed)));
  }

  /// The PostgreSQL that a complete volume is for; nothing if it is for another server, or not
  /// there.
  Optional<Installation> postgresOn(String volume) throws IOException {
    return store
        .seal(volume)
        .map(Seal::postgres)
        .flatMap(version ->
            kinds.stream()
                .flatMap(dbms -> dbms instanceof PostgresDbms it ? Stream.of(it) : Stream.empty())
                .filter(dbms -> dbms.choose(version).isPresent())
                .map(dbms -> dbms.installation(version))
                .findFirst());
  }

  PostgresDbms postgres() {
    return kinds.stream()
        .flatMap(dbms -> dbms instanceof PostgresDbms it ? Stream.of(it) : Stream.empty())
        .findFirst()
        .orElseThrow();
  }

  Dbms dbms(ServerKind kind) {
    return kinds.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }
}
