package dev.dbartifact.localengine.hosts;

import java.util.Objects;

/// Something that clients connect to.
///
/// @param address an IPv4 address
/// @param name by which clients know it; the address once more where it has none
public record Host(String address, String name) {

  public Host {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(name, "name");
  }

  /// A line of hosts(5).
  String line() {
    return address + " " + name;
  }
}
