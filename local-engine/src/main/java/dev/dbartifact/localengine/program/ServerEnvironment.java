package dev.dbartifact.localengine.program;

import java.util.Map;
import java.util.Set;

/// What a database server gets to see of the engine's environment. It stays readable for everybody
/// of the server's account for as long as the server lives, so that the keys and tokens of the
/// shell in which the engine was started have no place in it.
public final class ServerEnvironment {

  private static final Set<String> NAMES = Set.of("PATH", "HOME", "LANG", "TZ", "TMPDIR");
  private static final Set<String> BEGINNINGS = Set.of("LC_", "LD_", "PG_OOM_ADJUST_");

  private ServerEnvironment() {}

  /// Leaves in the environment what a server needs.
  public static ProcessBuilder only(ProcessBuilder server) {
    keepOnly(server.environment());
    return server;
  }

  static void keepOnly(Map<String, String> environment) {
    environment.keySet().removeIf(name -> !isKept(name));
  }

  private static boolean isKept(String name) {
    return NAMES.contains(name) || BEGINNINGS.stream().anyMatch(name::startsWith);
  }
}
