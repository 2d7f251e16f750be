package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.PasswordHash;
import org.postgresql.util.PasswordUtil;

/// What a server keeps in place of a password: made here, so that the password itself never travels
/// to a server, whose log might show it. Of PostgreSQL see RFC 5803, SCRAM-SHA-256, of MariaDB
/// [PasswordHash].
final class Verifier {
  private Verifier() {}

  static String of(ServerKind kind, Secret password) {
    return switch (kind) {
      case POSTGRESQL -> of(password);
      case MARIADB -> PasswordHash.of(password.reveal());
    };
  }

  static String of(Secret password) {
    return PasswordUtil.encodeScramSha256(password.reveal().toCharArray());
  }
}
