package dev.dbartifact.localengine.cli;

import java.util.Optional;

/// How a dump is to be loaded.
///
/// @param database the one to fill, where it is said
/// @param asAdmin as the engine's superuser, not as the master user
/// @param inTransaction all or nothing, where the server can
record Loading(Optional<String> database, boolean asAdmin, boolean inTransaction) {

  static Loading of(Arguments arguments) {
    return new Loading(
        Optional.ofNullable(arguments.value(CommandOption.DATABASE)),
        "admin".equals(arguments.value(CommandOption.AS)),
        !arguments.has(CommandOption.NO_TRANSACTION));
  }
}
