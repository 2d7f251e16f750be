package dev.dbartifact.localengine.mariadb;

import java.util.Map;
import java.util.Set;

/// The variables of character sets and collations, all of which can be in a parameter group of RDS.
/// MariaDB has options for two of them. Pure.
///
/// See "Parameters for MySQL" in the Amazon RDS User Guide, and "Setting Character Sets and
/// Collations" in MariaDB's documentation.
public final class Characters {

  private static final String SET = "character_set_server";
  private static final String COLLATION = "collation_server";

  /// A session has those of its client, whatever the server says.
  private static final Set<String> OF_SESSIONS =
      Set.of(
          "character_set_client",
          "character_set_connection",
          "character_set_database",
          "character_set_filesystem",
          "character_set_results",
          "collation_connection");

  private Characters() {}

  /// Whether the variable is one of them that can be in a group.
  public static boolean isOne(String variable) {
    return variable.equals(SET) || variable.equals(COLLATION) || isOfSessions(variable);
  }

  /// Whether no option sets it.
  static boolean isOfSessions(String variable) {
    return OF_SESSIONS.contains(variable);
  }

  /// Lets the engine's choice of one follow what was chosen of the other: a server does not start
  /// with a collation of another character set.
  static void agree(Map<String, String> settings, Map<String, String> chosen) {
    var set = chosen.get(SET);
    var collation = chosen.get(COLLATION);
    if (set != null && collation == null) {
      settings.remove(COLLATION);
    } else if (set == null && collation != null && !collation.startsWith("uca1400_")) {
      settings.put(SET, collation.split("_")[0]);
    }
  }
}
