package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.nio.file.Path;

/// How the engine's own user gets into a server as superuser: through its private socket, without a
/// password.
public final class AdminLogin {

  public static final String USER = "rdsadmin";

  /// Its own, which no user can drop.
  public static final String DATABASE = "rdsadmin";

  private AdminLogin() {}

  /// The directory of the socket, for programs that take a host.
  public static Path socketDirectory(Path dataDirectory, String volume) throws IOException {
    return ServerDirectories.at(dataDirectory.toRealPath())
        .files(volume, dataDirectory.resolve("volumes").resolve(volume))
        .socket();
  }
}
