package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.tls.Identity;
import dev.dbartifact.localengine.tls.Tls;
import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a server answers.
///
/// @param address the one by which it is known
/// @param port 1-65535
/// @param others further addresses at which it answers too
/// @param tls how it speaks TLS there
public record Listen(InetAddress address, int port, List<InetAddress> others, Tls tls) {

  public Listen {
    Objects.requireNonNull(address, "address");
    others = List.copyOf(others);
    Objects.requireNonNull(tls, "tls");
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("Not a TCP port: " + port);
    }
  }

  /// Known by these addresses alone, with TLS for those who want it.
  public Listen(InetAddress address, int port, List<InetAddress> others) {
    this(
        address,
        port,
        others,
        Tls.offeredAs(Identity.of(Stream.concat(Stream.of(address), others.stream()).toList())));
  }

  /// One address only.
  public Listen(InetAddress address, int port) {
    this(address, port, List.of());
  }

  /// All of them, each once.
  public List<InetAddress> addresses() {
    return Stream.concat(Stream.of(address), others.stream()).distinct().toList();
  }

  @Override
  public String toString() {
    return addresses().stream()
        .map(each -> each.getHostAddress() + ":" + port)
        .collect(Collectors.joining(", "));
  }
}
