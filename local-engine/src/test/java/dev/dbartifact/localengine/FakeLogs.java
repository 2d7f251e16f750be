package dev.dbartifact.localengine;

import dev.dbartifact.localengine.server.LogFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// What a server said on two days, and a file that is no log of a server.
final class FakeLogs {

  static final List<LogFile> ALL =
      List.of(
          file("postgres-Wed.log", "2030-01-30T23:59:59.500Z", "starting\n"),
          file("postgres-Thu.log", "2030-01-31T12:00:00Z", "one\ntwo <b>\nthree ü\n"),
          file("core.1234", "2030-01-31T12:00:00Z", "secret\n"));

  private FakeLogs() {}

  private static LogFile file(String name, String written, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new LogFile(
        name,
        Instant.parse(written),
        bytes.length,
        (from, count) ->
            Arrays.copyOfRange(bytes, (int) from, (int) Math.min(bytes.length, from + count)));
  }
}
