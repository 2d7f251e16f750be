package dev.dbartifact.localengine.mariadb;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// A server that follows another one on this machine.
///
/// @param source the volume of the one that writes
/// @param name its own volume
public record Replica(String source, String name) {
  /// Accounts that begin with this are those of replicas; the name is that of RDS.
  static final String PREFIX = "rdsrepladmin_";

  /// Tells servers that replicate apart: 1 to 4294967295, and the same at each start.
  static long serverId(String volume) {
    var crc = new CRC32();
    crc.update(volume.getBytes(StandardCharsets.UTF_8));
    return Math.max(1, crc.getValue());
  }

  /// The account at the source that is this replica's alone. Both ends are in its name, so that it
  /// means nothing in a clone of the source.
  String user() {
    return PREFIX + "%08x_%08x".formatted(serverId(source), serverId(name));
  }
}
