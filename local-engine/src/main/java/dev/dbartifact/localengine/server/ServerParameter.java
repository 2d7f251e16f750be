package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.mariadb.OptionFile;
import java.util.List;
import java.util.Objects;

/// A setting of a database server, as `pg_settings` has it.
///
/// @param name such as `work_mem`
/// @param value as it is in a server that nobody has set anything for, in its unit
/// @param unit such as `kB`, or null
/// @param category such as `Resource Usage / Memory`; of MariaDB, its name
/// @param context when it can be changed: `internal`, `postmaster`, `sighup`, `user` …
/// @param type `bool`, `integer`, `real`, `enum` or `string`
/// @param least of a number, or null
/// @param most of a number, or null
/// @param choices what it can be; empty where there is no list
/// @param chosen whether the engine sets it, other than the server's own default
public record ServerParameter(
    String name,
    String value,
    String unit,
    String category,
    String description,
    String context,
    String type,
    String least,
    String most,
    List<String> choices,
    boolean chosen) {

  public ServerParameter {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(type, "type");
    choices = List.copyOf(choices);
  }

  /// The server that has it.
  public ServerKind server() {
    return category.equals(ServerKind.MARIADB.title()) ? ServerKind.MARIADB : ServerKind.POSTGRESQL;
  }

  /// Whether the file that the server reads its settings from can hold the value. That of
  /// PostgreSQL holds any.
  public boolean canBeWritten(String other) {
    return server() == ServerKind.POSTGRESQL || OptionFile.holds(name, other);
  }

  /// With a value that is not the server's own default.
  public ServerParameter chosenAs(String other) {
    return new ServerParameter(
        name, other, unit, category, description, context, type, least, most, choices, true);
  }

  /// With another least number.
  public ServerParameter atLeast(String other) {
    return new ServerParameter(
        name, value, unit, category, description, context, type, other, most, choices, chosen);
  }

  /// With words in place of what the server calls its values.
  public ServerParameter asOneOf(String word, List<String> words) {
    return new ServerParameter(
        name, word, unit, category, description, context, "enum", null, null, words, chosen);
  }
}
