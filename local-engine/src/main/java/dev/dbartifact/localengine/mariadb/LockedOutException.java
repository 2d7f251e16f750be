package dev.dbartifact.localengine.mariadb;

import java.io.IOException;

/// The server runs, and does not take the engine for who it is. The next start of the server
/// removes what is in the way.
public final class LockedOutException extends IOException {
  private static final long serialVersionUID = 1L;

  LockedOutException(String answer, Throwable cause) {
    super(
        "The database server does not know the engine: %s. A user made an account there that is in the engine's way, and a reboot removes it"
            .formatted(answer),
        cause);
  }
}
