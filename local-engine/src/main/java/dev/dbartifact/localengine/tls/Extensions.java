package dev.dbartifact.localengine.tls;

import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.List;

/// The extensions of certificates, as `Extensions` of RFC 5280, 4.2.
final class Extensions {
  private static final String SUBJECT_KEY = "2.5.29.14";
  private static final String KEY_USAGE = "2.5.29.15";
  private static final String ALTERNATIVE_NAMES = "2.5.29.17";
  private static final String BASIC_CONSTRAINTS = "2.5.29.19";
  private static final String AUTHORITY_KEY = "2.5.29.35";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  /// Of the bits 0 to 6 of `KeyUsage`, each with the bits behind it that do not count.
  private static final byte[] DIGITAL_SIGNATURE = Der.bits(7, new byte[] {(byte) 0x80});

  private static final byte[] SIGNS_CERTIFICATES_AND_LISTS = Der.bits(1, new byte[] {0x06});

  private Extensions() {}

  /// Of an authority that signs the certificates of servers, and of no other authorities.
  static byte[] ofAuthority(PublicKey own) {
    return Der.sequence(
        critical(BASIC_CONSTRAINTS, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
        critical(KEY_USAGE, SIGNS_CERTIFICATES_AND_LISTS),
        plain(SUBJECT_KEY, Der.octets(keyIdentifier(own))));
  }

  static byte[] ofServer(List<String> hosts, PublicKey own, PublicKey authority) {
    return Der.sequence(
        critical(BASIC_CONSTRAINTS, Der.sequence()),
        critical(KEY_USAGE, DIGITAL_SIGNATURE),
        plain(EXTENDED_KEY_USAGE, Der.sequence(Der.identifier(SERVER_AUTHENTICATION))),
        plain(SUBJECT_KEY, Der.octets(keyIdentifier(own))),
        plain(AUTHORITY_KEY, Der.sequence(Der.implicit(0, keyIdentifier(authority)))),
        plain(ALTERNATIVE_NAMES, names(hosts)));
  }

  private static byte[] names(List<String> hosts) {
    return Der.sequence(hosts.stream().map(Extensions::name).toArray(byte[][]::new));
  }

  private static byte[] name(String host) {
    return Identity.isAddress(host)
        ? Der.implicit(IP_ADDRESS, InetAddress.ofLiteral(host).getAddress())
        : Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] critical(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.yes(), Der.octets(value));
  }

  private static byte[] plain(String identifier, byte[] value) {
    return Der.sequence(Der.identifier(identifier), Der.octets(value));
  }

  /// See RFC 7093, 2, method 4, cut to the length of the older ones.
  private static byte[] keyIdentifier(PublicKey key) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
