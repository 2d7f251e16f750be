package dev.dbartifact.localengine.mariadb;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// SQL that a server runs before it takes logins. A statement that fails there ends the server, so
/// what users may choose for their sessions must not reach it.
final class StartScript {
  private static final List<String> UNIFORM =
      List.of("SET SESSION sql_mode = ''", "SET SESSION group_concat_max_len = 1048576");

  private StartScript() {}

  static String of(String sql) {
    return Stream.concat(MariaDbSession.UNDISTURBED.stream(), UNIFORM.stream())
        .map(statement -> statement + ";\n")
        .collect(Collectors.joining("", "", sql));
  }
}
