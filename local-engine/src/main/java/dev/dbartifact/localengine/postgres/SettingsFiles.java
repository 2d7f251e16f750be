package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// The files that a server reads its settings and access rules from: the engine's, which the server
/// may only read.
record SettingsFiles(ServerFiles files, ServerAccount account) {
  private static final String CONF = "postgresql.conf";

  /// `postgresql.conf`
  Path conf() {
    return file(CONF);
  }

  /// Makes the folders.
  void prepare() throws IOException {
    files.prepare(account);
  }

  /// Writes all but those of [#include].
  void write(ServerSettings settings) throws IOException {
    replace(CONF, settings.conf());
    replace("pg_hba.conf", settings.accessRules());
    replace("pg_ident.conf", settings.userMap(account.engineUser(), account.serverUser()));
  }

  /// Whether they say to listen where these settings do, and as they do.
  boolean listen(ServerSettings settings) throws IOException {
    var conf = Files.readString(conf());
    return settings.listening().stream().allMatch(conf::contains);
  }

  /// Writes one of those that `postgresql.conf` includes if they are there.
  void include(String name, String content) throws IOException {
    replace(name, content);
  }

  /// Replaces a file that running servers read, so that they see the old or the new one, also when
  /// the engine ends meanwhile, or finds no room.
  void replace(String name, String content) throws IOException {
    files.prepare(account);
    if (Files.exists(file(name)) && Files.readString(file(name)).equals(content)) {
      return;
    }
    account.letRead(Files.writeString(file(name + ".new"), content));
    Files.move(file(name + ".new"), file(name), StandardCopyOption.ATOMIC_MOVE);
  }

  boolean includes(String name) {
    return Files.exists(file(name));
  }

  /// Removes what [#include] wrote. Idempotent.
  void exclude(String name) throws IOException {
    Files.deleteIfExists(file(name));
  }

  private Path file(String name) {
    return files.settings().resolve(name);
  }
}
