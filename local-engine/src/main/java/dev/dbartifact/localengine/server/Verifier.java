package dev.dbartifact.localengine.server;

import org.postgresql.util.PasswordUtil;

/// What a server keeps in place of a password (RFC 5803, SCRAM-SHA-256): made here, so that the
/// password itself never travels to a server, whose log might show it.
final class Verifier {
  private Verifier() {}

  static String of(Secret password) {
    return PasswordUtil.encodeScramSha256(password.reveal().toCharArray());
  }
}
