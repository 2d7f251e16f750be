package dev.dbartifact.localengine.mariadb;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What a server keeps in place of a password (`mysql_native_password`, the plugin that all clients
/// of MySQL and MariaDB know and Aurora MySQL 3 begins with): SHA-1 of SHA-1. Made here, so that
/// the password itself never travels to a server, whose log might show it.
public final class PasswordHash {
  static final String PLUGIN = "mysql_native_password";

  private PasswordHash() {}

  public static String of(String password) {
    var once = sha1(password.getBytes(StandardCharsets.UTF_8));
    return "*" + HexFormat.of().withUpperCase().formatHex(sha1(once));
  }

  private static byte[] sha1(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-1", e);
    }
  }
}
