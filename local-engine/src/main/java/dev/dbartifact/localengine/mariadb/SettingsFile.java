package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.tls.Authority;
import dev.dbartifact.localengine.tls.ServerCertificate;
import dev.dbartifact.localengine.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file that a server reads its settings from: what is to stand there, and what it was started
/// with.
///
/// @param account that the server runs as
/// @param authority signs its certificate
record SettingsFile(MariaDbProcess process, ServerAccount account, Authority authority) {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
  private static final int NO_PORT = 3306;

  /// For the engine alone: no address, only the private socket.
  MariaDbSettings privately(Role role) {
    return new MariaDbSettings(
        role, process.name(), Optional.empty(), NO_PORT, Optional.empty(), Map.of(), files());
  }

  /// For users.
  MariaDbSettings at(
      List<InetAddress> addresses, int port, Tls tls, Role role, Map<String, String> parameters) {
    return new MariaDbSettings(
        role,
        process.name(),
        Optional.of(joined(addresses)),
        port,
        Optional.of(new MariaDbTls(certificate().file(), authority.bundle(), tls.required())),
        parameters,
        files());
  }

  private static String joined(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
  }

  ServerCertificate certificate() {
    return ServerCertificate.in(files().settings(), authority, account);
  }

  /// Values that no such file can hold stay behind, and the log says so.
  void write(MariaDbSettings settings) throws IOException {
    files().prepare(account);
    for (var name : settings.leftOut()) {
      LOG.warn(
          "The server of {} does without its value of {}: an option file cannot hold it",
          process.name(),
          name);
    }
    account.letRead(Files.writeString(files().conf(), settings.conf()));
  }

  /// What stands there; nothing before the first start.
  Map<String, String> read() throws IOException {
    try {
      return OptionFile.parse(Files.readString(files().conf()));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  /// The role that the server has, or had when it ran last.
  Role role() throws IOException {
    return Role.startedWith(read());
  }

  /// What a server was started with stands in its settings.
  boolean sameAddress(MariaDbSettings settings) throws IOException {
    var before = read();
    var now = OptionFile.parse(settings.conf());
    return List.of(
            "bind_address",
            "port",
            "skip_networking",
            Role.BINARY_LOG,
            Role.READ_ONLY,
            MariaDbTls.CERTIFICATE)
        .stream()
        .allMatch(name -> Objects.equals(before.get(name), now.get(name)));
  }

  /// The first of the addresses at which the server listens, if it runs; none if that is for the
  /// engine alone.
  Optional<InetSocketAddress> address() throws IOException {
    var settings = read();
    if (!"0".equals(settings.get("skip_networking"))) {
      return Optional.empty();
    }
    return Optional.of(
        new InetSocketAddress(
            InetAddress.ofLiteral(settings.get("bind_address").split(",")[0]),
            Integer.parseInt(settings.get("port"))));
  }

  /// What a running server is to be told, so that it has these settings in place of those that
  /// stand there.
  Map<String, String> changed(MariaDbSettings settings) throws IOException {
    return changed(read(), OptionFile.parse(settings.conf()));
  }

  /// By the variables' names; null for what is not set any more.
  static Map<String, String> changed(Map<String, String> before, Map<String, String> now) {
    var changed = new LinkedHashMap<String, String>();
    before.forEach((name, value) -> {
      if (!now.containsKey(name)) {
        changed.put(MariaDbSettings.variable(name), null);
      }
    });
    now.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        changed.put(MariaDbSettings.variable(name), value);
      }
    });
    return changed;
  }

  private MariaDbFiles files() {
    return process.files();
  }
}
