package dev.dbartifact.localengine.rdsdata;

import dev.dbartifact.localengine.server.Secret;

/// The logins that secrets hold.
@FunctionalInterface
public interface Logins {

  /// What the secret holds; its service's own fault where there is none.
  ///
  /// @return the text of the secret, or null where it holds none
  String secret(String arn);

  record Login(String user, Secret password) {}
}
