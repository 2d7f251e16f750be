package dev.dbartifact.localengine.tls;

import java.net.InetAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/// What a server's certificate says: who it is, and until when that holds.
///
/// @param hosts all addresses and names at which clients ask for the server, the one by which it is
///   known first; each once
/// @param until the end, in whole seconds, as certificates have it
public record Identity(List<String> hosts, Instant until) {

  /// The end of a certificate that has none (RFC 5280, 4.1.2.5).
  public static final Instant FOREVER = Instant.parse("9999-12-31T23:59:59Z");

  /// Letters, digits, hyphens and dots (RFC 5280, 4.2.1.6).
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

  public Identity {
    Objects.requireNonNull(until, "until");
    until = until.truncatedTo(ChronoUnit.SECONDS);
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).distinct().toList();
    if (hosts.isEmpty()) {
      throw new IllegalArgumentException("A server without any address");
    }
    hosts.stream()
        .filter(host -> !isAddress(host) && !NAME.matcher(host).matches())
        .findFirst()
        .ifPresent(host -> {
          throw new IllegalArgumentException(
              "Neither an address nor a name of a host: '%s'".formatted(host));
        });
  }

  /// Of a server that is known by its addresses alone, for good.
  public static Identity of(List<InetAddress> addresses) {
    return new Identity(addresses.stream().map(InetAddress::getHostAddress).toList(), FOREVER);
  }

  static boolean isAddress(String host) {
    try {
      InetAddress.ofLiteral(host);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
