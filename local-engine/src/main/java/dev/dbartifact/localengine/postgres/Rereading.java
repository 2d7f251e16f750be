package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A running server reads its settings again: when it has, and what it makes of them.
record Rereading(ServerProcess process) {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Lets it read them, and waits until sessions that begin have what they say.
  ///
  /// @return the settings whose values it refuses, in lower case, and what it says of them
  /// @throws IOException also where it does not read them, as when their names make no sense to it
  Map<String, String> run() throws IOException {
    var before = time();
    process.reload();
    if (!Waiting.within(LIMIT, () -> !time().equals(before))) {
      throw new IOException(
          "The server of %s did not take its new settings within %d s; its log may say why"
              .formatted(process.name(), LIMIT.toSeconds()));
    }
    try (var session = process.session()) {
      return new HashMap<>(session.refusedSettings());
    }
  }

  /// When the server's first process read them last, which a session has from it at its beginning.
  private String time() throws IOException {
    try (var session = process.session()) {
      return session.timeOfSettings();
    }
  }
}
