package dev.dbartifact.localengine.volume;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The file in a volume that says that it is complete, and what it holds.
final class Seals {
  private static final String FILE = "volume.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Seals() {}

  static Path file(Path volume) {
    return volume.resolve(FILE);
  }

  /// @param name which the volume must say that it has
  static Optional<Seal> read(Path volume, String name) throws IOException {
    try {
      var seal = JSON.readValue(text(volume), Seal.class);
      return Optional.ofNullable(seal).filter(found -> name.equals(found.volume()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (JacksonException e) {
      // The seal appears by a rename; a broken one was cut off by a power failure, before the
      // volume was complete.
      return Optional.empty();
    }
  }

  /// Whether there is one that cannot be read.
  static boolean isDamaged(Path volume) throws IOException {
    try {
      return Files.exists(file(volume)) && JSON.readValue(text(volume), Seal.class) == null;
    } catch (JacksonException e) {
      return true;
    }
  }

  /// Whatever bytes there are: those that are no text are no JSON either.
  private static String text(Path volume) throws IOException {
    return new String(Files.readAllBytes(file(volume)), StandardCharsets.UTF_8);
  }

  /// Atomic.
  static void write(Seal seal, Path volume) throws IOException {
    var target = file(volume);
    var draft = target.resolveSibling(FILE + ".new");
    Files.writeString(draft, JSON.writeValueAsString(seal) + "\n");
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
  }
}
