package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.http.Listening;
import dev.dbartifact.localengine.server.AddressRange;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;

/// Who can reach an engine: this machine only, unless asked.
///
/// @param listen where the API answers
/// @param clusters the addresses that clusters get
record Exposure(InetAddress listen, AddressRange clusters) {

  static Exposure of(String listen, String clusters) throws UsageException {
    return new Exposure(
        listen == null ? Listening.onLoopback(0).address() : address(listen),
        clusters == null ? AddressRange.LOOPBACK : range(clusters));
  }

  private static InetAddress address(String text) throws UsageException {
    try {
      if (InetAddress.ofLiteral(text) instanceof Inet4Address address) {
        if (address.isAnyLocalAddress()) {
          throw new UsageException(
              "--listen %s would be all addresses of this machine, and 'env' could name none. Give the one that clients reach, such as 10.0.0.5; in a container $(hostname -i)."
                  .formatted(text));
        }
        return address;
      }
    } catch (IllegalArgumentException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static UsageException refused(String text) {
    return new UsageException("--listen '" + text + "' is not an IPv4 address, such as 10.0.0.5");
  }

  private static AddressRange range(String text) throws UsageException {
    try {
      return AddressRange.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--cluster-addresses: " + e.getMessage());
    }
  }

  Listening listening(int port) {
    return Listening.on(listen, port);
  }

  /// @throws IOException that says what to do when this machine has none of the clusters' addresses
  void requireAddresses() throws IOException {
    if (!clusters.isHere()) {
      throw new IOException(
          "Could not use --cluster-addresses %s: this machine answers to none of them. Linux answers to the whole range after 'ip route add local %1$s dev lo'."
              .formatted(clusters));
    }
  }

  /// What to mind, a line each; nothing for an engine that keeps to this machine.
  void warn(Terminal terminal) {
    if (!listen.isLoopbackAddress()) {
      terminal
          .err()
          .printf(
              "Warning: the API answers on %s. Whoever reaches that address and has the keys does what you can do here; requests are signed, but not encrypted.%n",
              listen.getHostAddress());
    }
    if (!clusters.isLoopback()) {
      terminal
          .err()
          .printf(
              "Warning: database servers answer on addresses in %s, to whoever reaches them and has a password. Sessions are encrypted where clients ask for it, or a parameter does.%n",
              clusters);
    }
  }
}
