package dev.dbartifact.localengine.rds.network;

import dev.dbartifact.localengine.rds.request.RdsFault;
import dev.dbartifact.localengine.server.AddressRange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/// An address for each cluster, so that each has the port that it asks for, as on AWS.
public final class Addresses {

  private static final int LOTS = 3;

  private final String engine;
  private final AddressRange range;

  /// @param memory tells this engine from others on the same machine: two that make clusters of one
  ///   name at the same moment would both find the same address free
  /// @param range that the addresses are taken from
  public Addresses(Path memory, AddressRange range) {
    engine = memory.toAbsolutePath().normalize().toString();
    this.range = range;
  }

  /// An address that nobody has and that can be listened on. A name is given the same address again
  /// when it is free; otherwise the whole range is tried from there.
  ///
  /// @param taken those that the engine has given already
  /// @param usedUp the fault when all are
  String choose(String name, int port, Set<String> taken, RdsFault usedUp) {
    if (isHeldEverywhere(port)) {
      // To learn it from each address takes seconds, in which no other request is answered.
      throw occupied(port);
    }
    var first = Math.floorMod(Objects.hash(engine, name), range.size());
    return IntStream.range(0, range.size())
        .mapToObj(step -> range.nth((first + step) % range.size()))
        .filter(address -> !taken.contains(address) && canListen(address, port))
        .findFirst()
        .orElseThrow(() -> none(port, taken, usedUp));
  }

  private RuntimeException none(int port, Set<String> taken, RdsFault usedUp) {
    var free =
        IntStream.range(0, range.size())
            .mapToObj(range::nth)
            .filter(address -> !taken.contains(address))
            .toList();
    if (free.stream().anyMatch(AddressRange::isHere)) {
      return occupied(port);
    }
    return usedUp.with(
        "No address is left: of the %d in %s, clusters, readers, instances and endpoints have %d, and"
            + " %d are none of this machine. Delete some, or start the engine with a larger range in"
            + " --cluster-addresses.",
        range.size(), range, range.size() - free.size(), free.size());
  }

  public static void requireFree(String address, int port) {
    if (!canListen(address, port)) {
      throw occupied(port);
    }
  }

  /// Whether a program has the port on all addresses. One that has it on loopback addresses that
  /// were drawn by lot has it on all.
  private static boolean isHeldEverywhere(int port) {
    return IntStream.range(0, LOTS)
        .mapToObj(_ -> anyLoopback())
        .allMatch(address -> !canListen(address, port) && AddressRange.isHere(address));
  }

  /// This machine answers to all that begin with 127 on Linux.
  private static String anyLoopback() {
    var lot = ThreadLocalRandom.current();
    return "127.%d.%d.%d".formatted(lot.nextInt(256), lot.nextInt(256), lot.nextInt(1, 255));
  }

  private static RuntimeException occupied(int port) {
    return RdsFault.INVALID_PARAMETER_VALUE.with(
        "Port %d cannot be listened on: another program has it on all addresses (0.0.0.0:%d)."
            + " Stop that program, or ask for another port.",
        port, port);
  }

  private static boolean canListen(String address, int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
