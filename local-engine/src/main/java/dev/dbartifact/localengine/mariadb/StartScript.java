package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// SQL that a server runs before it takes logins. A statement that fails there ends the server, so
/// what users may choose for their sessions must not reach it.
///
/// @param account that the server runs as
record StartScript(MariaDbFiles files, ServerAccount account) {
  private static final List<String> UNIFORM =
      List.of("SET SESSION sql_mode = ''", "SET SESSION group_concat_max_len = 1048576");

  /// @param sql that it runs besides
  void write(String sql) throws IOException {
    files.prepare(account);
    account.letRead(Files.writeString(files.startScript(), text(sql)));
  }

  /// The same, of what nobody but the server may read.
  void writeSecretly(String sql) throws IOException {
    files.prepare(account);
    var script = files.startScript();
    Files.deleteIfExists(script);
    Files.createFile(
        script, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    account.own(Files.writeString(script, text(sql)));
  }

  void remove() throws IOException {
    Files.delete(files.startScript());
  }

  private String text(String sql) {
    return Stream.concat(MariaDbSession.UNDISTURBED.stream(), UNIFORM.stream())
        .map(statement -> statement + ";\n")
        .collect(
            Collectors.joining("", "", new EngineAccount(account.engineUser()).atStart() + sql));
  }
}
