package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the volume of a replica has that others have not: whom it follows, the secret with which it
/// logs in there, and what it has received.
public record Received(MariaDbFiles files) {
  /// MariaDB's own: where it has received up to, and the files with that; see `relay_log` in
  /// [Role].
  private static final List<String> STATE = List.of("master.info", "relay-log.info");

  static final String RELAY_LOG = "relay";

  /// Writes down whom it follows, until [#isOver].
  ///
  /// @param source the volume
  public void from(String source) throws IOException {
    Files.writeString(mark(), source);
  }

  /// Whom it follows, or followed until its last start; in a clone of a replica, too.
  public Optional<String> source() throws IOException {
    try {
      return Optional.of(Files.readString(mark()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /// It follows nobody, and whom it followed knows that.
  public void isOver() throws IOException {
    Files.deleteIfExists(mark());
  }

  /// Removes what it has received, and where from, while its server does not run: the next one
  /// follows another, or nobody.
  void remove() throws IOException {
    for (var file : STATE) {
      Files.deleteIfExists(files.data().resolve(file));
    }
    try (var relayed = Files.newDirectoryStream(files.data(), RELAY_LOG + ".*")) {
      for (var file : relayed) {
        Files.delete(file);
      }
    }
  }

  private Path mark() {
    return files.data().resolveSibling("follows");
  }
}
