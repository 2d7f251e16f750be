package dev.dbartifact.localengine.rds.network;

import java.net.InetAddress;

/// Where servers listen that the engine stands before: at loopback addresses that nobody is told,
/// one for each address that clients know. Pure.
public final class Backstage {

  /// Ranges of clusters' addresses have the first two bytes in common, so that with another second
  /// byte an address is in none of them, and no two of a range come to the same.
  private static final int OTHER_NETWORK = 0x80;

  private Backstage() {}

  /// The address behind one that clients know. Port and server are the same there.
  public static String behind(String address) {
    var bytes = InetAddress.ofLiteral(address).getAddress();
    return "127.%d.%d.%d"
        .formatted((bytes[1] & 0xff) ^ OTHER_NETWORK, bytes[2] & 0xff, bytes[3] & 0xff);
  }
}
