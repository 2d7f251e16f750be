package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The PostgreSQL that comes with the engine, unpacked once for all tests that need an engine's
/// directory, as an engine would unpack it: each of them would take seconds for it.
public final class UnpackedPostgres {
  private static final Path ONCE = Path.of("target/unpacked").toAbsolutePath();
  private static final String PLACE = "postgres";

  private UnpackedPostgres() {}

  /// Puts a copy into a data directory where there is none yet.
  public static void into(Path dataDirectory) throws IOException {
    if (!Files.exists(dataDirectory.resolve(PLACE))) {
      unpackOnce();
      Program.run(
          "cp",
          "--archive",
          ONCE.resolve(PLACE).toString(),
          dataDirectory.resolve(PLACE).toString());
    }
  }

  /// Several JVMs run tests at a time.
  private static void unpackOnce() throws IOException {
    Files.createDirectories(ONCE);
    try (var lock =
            FileChannel.open(
                ONCE.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      BundledPostgres.unpack(ONCE.resolve(PLACE));
    }
  }
}
