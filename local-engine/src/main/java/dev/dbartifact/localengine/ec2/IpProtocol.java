package dev.dbartifact.localengine.ec2;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Protocols as EC2 answers with them: by their names where it has some. See "IpProtocol" of
/// IpPermission in the API Reference of EC2, and "Protocol Numbers" of IANA.
final class IpProtocol {

  /// All of them.
  static final String ANY = "-1";

  private static final Map<String, String> NAMES =
      Map.of("all", ANY, "6", "tcp", "17", "udp", "1", "icmp", "58", "icmpv6");

  private IpProtocol() {}

  /// Empty for what is neither a name, in any case, nor a number of one byte.
  static Optional<String> canonical(String said) {
    var isNumber = said.matches("[0-9]{1,3}") && Integer.parseInt(said) <= 255;
    var plain = isNumber ? Integer.valueOf(said).toString() : said.toLowerCase(Locale.ROOT);
    var protocol = NAMES.getOrDefault(plain, plain);
    return Optional.of(protocol).filter(known -> isNumber || NAMES.containsValue(known));
  }
}
