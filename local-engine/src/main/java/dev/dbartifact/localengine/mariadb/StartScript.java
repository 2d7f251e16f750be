package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;

/// SQL that a server runs before it takes logins. A statement that fails there ends the server, so
/// what users may choose for their sessions must not reach it.
///
/// @param account that the server runs as
record StartScript(MariaDbFiles files, ServerAccount account) {
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
    return MariaDbSession.UNDISTURBED
        + ";\n"
        + new EngineAccount(account.engineUser()).atStart()
        + sql;
  }
}
