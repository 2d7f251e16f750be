package dev.dbartifact.localengine.ec2;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Address ranges in their canonical form: "if you specify 100.68.0.18/18 for the CIDR block,
/// Amazon Web Services canonicalizes the CIDR block to 100.68.0.0/18" (IpRange in the API model of
/// EC2). IPv6 is written as RFC 5952 has it.
final class CidrBlock {

  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;
  private static final String OCTET = "(0|[1-9][0-9]{0,2})";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  /// Groups of nothing but zeros, of which `::` stands for the longest: not for a single one.
  private static final Pattern ZEROS = Pattern.compile("\\b0(:0)+\\b");

  private CidrBlock() {}

  /// Empty for what is no range of IPv4.
  static Optional<String> ipv4(String text) {
    return masked(text, IPV4, IPV4_BYTES)
        .map(block -> {
          var octets = IntStream.range(0, IPV4_BYTES).mapToObj(at -> block.address()[at] & 0xff);
          return octets.map(String::valueOf).collect(Collectors.joining("."))
              + "/"
              + block.prefix();
        });
  }

  /// Empty for what is no range of IPv6.
  static Optional<String> ipv6(String text) {
    return masked(text, IPV6, IPV6_BYTES)
        .map(block -> shortest(block.address()) + "/" + block.prefix());
  }

  /// @param address with nothing but zeros behind the prefix
  private record Block(byte[] address, int prefix) {}

  private static Optional<Block> masked(String text, Pattern form, int bytes) {
    var parts = text.split("/", -1);
    if (parts.length != 2
        || !form.matcher(parts[0]).matches()
        || !parts[1].matches("0|[1-9][0-9]{0,2}")) {
      return Optional.empty();
    }
    var prefix = Integer.parseInt(parts[1]);
    return address(parts[0])
        .filter(address -> address.length == bytes && prefix <= bytes * Byte.SIZE)
        .map(address -> new Block(network(address, prefix), prefix));
  }

  private static Optional<byte[]> address(String literal) {
    try {
      return Optional.of(InetAddress.ofLiteral(literal).getAddress());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] network(byte[] address, int prefix) {
    var hosts = address.length * Byte.SIZE - prefix;
    var number = new BigInteger(1, address).shiftRight(hosts).shiftLeft(hosts);
    var digits = "%0" + 2 * address.length + "x";
    return HexFormat.of().parseHex(digits.formatted(number));
  }

  private static String shortest(byte[] address) {
    var groups =
        IntStream.range(0, IPV6_BYTES / 2)
            .mapToObj(at -> (address[2 * at] & 0xff) << Byte.SIZE | address[2 * at + 1] & 0xff)
            .map(Integer::toHexString)
            .collect(Collectors.joining(":"));
    return ZEROS
        .matcher(groups)
        .results()
        .max(Comparator.comparingInt(CidrBlock::length).thenComparing(run -> -run.start()))
        .map(run -> shortened(groups, run))
        .orElse(groups);
  }

  private static int length(MatchResult run) {
    return run.end() - run.start();
  }

  private static String shortened(String groups, MatchResult zeros) {
    var before = groups.substring(0, zeros.start()).replaceFirst(":$", "");
    var after = groups.substring(zeros.end()).replaceFirst("^:", "");
    return before + "::" + after;
  }
}
