package dev.dbartifact.localengine.http;

import java.security.SecureRandom;
import java.util.Base64;

/// A key pair that signs requests.
///
/// @param id the public half, such as `LKIA…`
/// @param secret the other half
public record AccessKey(String id, String secret) {

  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final SecureRandom RANDOM = new SecureRandom();

  public AccessKey {
    if (!isOne(id, secret)) {
      throw new IllegalArgumentException("Not an access key: " + id);
    }
  }

  /// Whether these two have the form of a key pair.
  public static boolean isOne(String id, String secret) {
    return id.matches("[A-Z0-9]{16,128}") && secret.length() >= 16;
  }

  /// A fresh key in the form of AWS, with a prefix that AWS does not use.
  public static AccessKey generate() {
    var id = new StringBuilder("LKIA");
    RANDOM.ints(16, 0, LETTERS.length()).forEach(i -> id.append(LETTERS.charAt(i)));
    var secret = new byte[30];
    RANDOM.nextBytes(secret);
    return new AccessKey(
        id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
  }

  @Override
  public String toString() {
    return id;
  }
}
