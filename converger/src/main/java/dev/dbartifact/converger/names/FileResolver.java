package dev.dbartifact.converger.names;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/// Looks names up in a file in the form of hosts(5), of which IPv4 addresses count, and asks the
/// system for all others. The file is read each time: it changes.
///
/// @param system answers for all names that the file has not
record FileResolver(Path file, InetAddressResolver system) implements InetAddressResolver {

  private static final String IPV4 = "[0-9]{1,3}([.][0-9]{1,3}){3}";

  @Override
  public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
      throws UnknownHostException {
    var wanted = (policy.characteristics() & LookupPolicy.IPV4) != 0;
    var address = wanted ? addressOf(host) : null;
    return address == null ? system.lookupByName(host, policy) : Stream.of(address);
  }

  /// Null where the file does not have the name; its first line counts.
  private InetAddress addressOf(String host) throws UnknownHostException {
    try {
      for (var line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
        var words = line.replaceFirst("#.*", "").strip().split("\\s+");
        var named = Arrays.stream(words).skip(1).anyMatch(host::equalsIgnoreCase);
        if (named && words[0].matches(IPV4)) {
          return InetAddress.getByAddress(host, Inet4Address.ofLiteral(words[0]).getAddress());
        }
      }
      return null;
    } catch (IOException | IllegalArgumentException e) {
      var failure =
          new UnknownHostException(
              "%s: could not read where it leads from %s, which DB_ARTIFACT_HOSTS_FILE names: %s"
                  .formatted(host, file, e));
      failure.initCause(e);
      throw failure;
    }
  }

  @Override
  public String lookupByAddress(byte[] address) throws UnknownHostException {
    return system.lookupByAddress(address);
  }
}
