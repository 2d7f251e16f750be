package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.request.RdsFault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/// Loopback addresses in 127.77.0.0/16, one for each cluster, so that each has the port that it
/// asks for, as on AWS.
public final class Addresses {

  /// Enough to pass by the clusters of other engines; more would not help when a program listens on
  /// all addresses.
  private static final int ATTEMPTS = 64;

  private static final int PER_OCTET = 254;

  private final String engine;

  /// @param memory tells this engine from others on the same machine: two that make clusters of one
  ///   name at the same moment would both find the same address free
  public Addresses(Path memory) {
    engine = memory.toAbsolutePath().normalize().toString();
  }

  /// An address that nobody has and that can be listened on. A name is given the same address again
  /// when it is free.
  String choose(String clusterId, int port, Set<String> taken) {
    var first = Math.floorMod(Objects.hash(engine, clusterId), PER_OCTET * PER_OCTET);
    for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
      var address = nth((first + attempt) % (PER_OCTET * PER_OCTET));
      if (!taken.contains(address) && canListen(address, port)) {
        return address;
      }
    }
    throw occupied(port);
  }

  public static void requireFree(String address, int port) {
    if (!canListen(address, port)) {
      throw occupied(port);
    }
  }

  private static RuntimeException occupied(int port) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(
        "Port %d cannot be listened on: another program has it on all addresses (0.0.0.0:%d)."
            + " Stop that program, or ask for another port.",
        port, port);
  }

  private static String nth(int number) {
    return "127.77.%d.%d".formatted(1 + number / PER_OCTET, 1 + number % PER_OCTET);
  }

  private static boolean canListen(String address, int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
