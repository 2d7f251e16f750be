package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/// The addresses that clusters may have, as IPv4 in CIDR notation.
///
/// @param network the lowest address of the range, as a number
/// @param prefix how many bits all addresses have in common, 16 to 32
public record AddressRange(int network, int prefix) {

  /// On Linux this machine answers to all of it, and nobody else reaches it.
  public static final AddressRange LOOPBACK = parse("127.77.0.0/16");

  private static final int ANY_PORT = 0;

  /// All of a range is walked when it is used up.
  private static final int SHORTEST_PREFIX = 16;

  public AddressRange {
    if (prefix < SHORTEST_PREFIX || prefix > 32) {
      throw new IllegalArgumentException(
          "a range has a prefix of %d to 32 bits, not %d".formatted(SHORTEST_PREFIX, prefix));
    }
    if ((network & hosts(prefix)) != 0) {
      throw new IllegalArgumentException(
          "the range of %s with /%d begins at %s"
              .formatted(text(network), prefix, text(network & ~hosts(prefix))));
    }
  }

  /// Such as `10.77.0.0/16`.
  ///
  /// @throws IllegalArgumentException that says what is wrong with it
  public static AddressRange parse(String cidr) {
    var parts = cidr.split("/", -1);
    if (parts.length != 2 || !parts[1].matches("[0-9]{1,2}")) {
      throw new IllegalArgumentException("'" + cidr + "' is no range such as 10.77.0.0/16");
    }
    return new AddressRange(number(parts[0]), Integer.parseInt(parts[1]));
  }

  private static int number(String address) {
    if (InetAddress.ofLiteral(address) instanceof Inet4Address four) {
      return ByteBuffer.wrap(four.getAddress()).getInt();
    }
    throw new IllegalArgumentException("'" + address + "' is no IPv4 address");
  }

  private static int hosts(int prefix) {
    return prefix == 32 ? 0 : -1 >>> prefix;
  }

  /// How many addresses can be given. The lowest and the highest of a range mean the network and
  /// all of its hosts, except in the smallest ranges; see RFC 3021.
  public int size() {
    return prefix >= 31 ? 1 + hosts(prefix) : hosts(prefix) - 1;
  }

  /// One of them.
  ///
  /// @param number from 0
  public String nth(int number) {
    return text(network + number + (prefix >= 31 ? 0 : 1));
  }

  /// Whether this machine answers to any address of the range.
  public boolean isHere() {
    return IntStream.range(0, size()).mapToObj(this::nth).anyMatch(AddressRange::isHere);
  }

  /// Whether this machine answers to the address.
  public static boolean isHere(String address) {
    try (var socket = new ServerSocket(ANY_PORT, 1, InetAddress.ofLiteral(address))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  /// Whether nobody elsewhere reaches it.
  public boolean isLoopback() {
    return network >>> 24 == 127;
  }

  private static String text(int address) {
    return "%d.%d.%d.%d"
        .formatted(address >>> 24, address >>> 16 & 255, address >>> 8 & 255, address & 255);
  }

  @Override
  public String toString() {
    return text(network) + "/" + prefix;
  }
}
