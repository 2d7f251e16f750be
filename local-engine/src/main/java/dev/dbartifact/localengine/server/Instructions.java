package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.tls.Identity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What servers are told and asked while they run, or are started for.
record Instructions(InstalledServers installed, ParameterTable parameterTable) {

  /// See [DatabaseHost#tell].
  void tell(StorageId id, Topology topology) throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "let '%s' tell of its cluster".formatted(id),
        () -> server.dbms().tell(id.value(), server.version(), topology));
  }

  /// See [DatabaseHost#reload].
  Map<String, String> reload(StorageId id, Listen listen, Map<String, String> parameters)
      throws HostException {
    var server = installed.of(id);
    return Failures.asking(
        "change the settings of '%s'".formatted(id),
        () -> server.dbms().reload(id.value(), server.version(), listen, parameters));
  }

  /// See [DatabaseHost#certify].
  void certify(StorageId id, Identity identity) throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "renew the certificate of '%s'".formatted(id),
        () -> server.dbms().certify(id.value(), server.version(), identity));
  }

  /// See [DatabaseHost#masterVerifier].
  Optional<String> masterVerifier(StorageId id, String user) throws HostException {
    var server = installed.of(id);
    return Failures.asking(
        "read what '%s' keeps in place of the password of user '%s'".formatted(id, user),
        () -> server.dbms().verifier(id.value(), server.version(), user));
  }

  /// See [DatabaseHost#changeMasterPassword].
  void changeMasterPassword(StorageId id, String user, String verifier) throws HostException {
    var server = installed.of(id);
    Failures.trying(
        "change the password of user '%s' of '%s'".formatted(user, id),
        () -> server.dbms().changePassword(id.value(), server.version(), user, verifier));
  }

  /// See [DatabaseHost#parameters(ServerKind, String)].
  List<ServerParameter> parameters(ServerKind kind, String version) throws HostException {
    var server = installed.of(kind, version);
    return Failures.asking(
        "ask %s %s for its settings".formatted(kind.title(), version),
        () -> parameterTable.of(server.dbms(), server.version()));
  }
}
