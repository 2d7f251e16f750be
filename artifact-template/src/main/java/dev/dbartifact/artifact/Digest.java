package dev.dbartifact.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A SHA-256 digest in the form of the OCI image specification: `sha256:` and 64 hexadecimal
/// digits.
public record Digest(String value) {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  public Digest {
    Checks.matching(FORM, value, "a digest", "'sha256:' and 64 hexadecimal digits");
  }

  public static Digest of(byte[] bytes) {
    return fromHash(newSha256().digest(bytes));
  }

  /// The digest of what has been fed into a SHA-256 computation.
  public static Digest of(MessageDigest sha256) {
    return fromHash(sha256.digest());
  }

  private static Digest fromHash(byte[] hash) {
    return new Digest("sha256:" + HexFormat.of().formatHex(hash));
  }

  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  /// The first twelve hexadecimal digits, enough for people to tell two apart.
  public String shortForm() {
    return value.substring("sha256:".length(), "sha256:".length() + 12);
  }

  @Override
  public String toString() {
    return value;
  }
}
