package dev.dbartifact.localengine.volume;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.TwinFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;

/// The file in a volume that says that it is complete, and what it holds; and its copy, for when it
/// is damaged or lost.
///
/// A copy is made when the volume is on the disk, not with the seal: it vouches for a volume whose
/// seal does not, and must not do that for one that a power failure caught half written. A snapshot
/// brings both along from its source, and both name that one: so neither passes for the clone's own
/// before the clone has been sealed, and the copy not before it is on the disk.
final class Seals {
  private static final String FILE = "volume.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private Seals() {}

  /// A file that says nothing.
  private static final class Damaged extends IOException {
    Damaged(String message) {
      super(message);
    }
  }

  static Path file(Path volume) {
    return volume.resolve(FILE);
  }

  /// @param name which the volume must say that it has
  static Optional<Seal> read(Path volume, String name) throws IOException {
    try {
      return Optional.of(TwinFile.read(file(volume), Seals::meaning))
          .filter(found -> name.equals(found.volume()));
    } catch (NoSuchFileException | Damaged e) {
      // The seal appears by a rename; a broken one without a copy was cut off by a power failure,
      // before the volume was complete.
      return Optional.empty();
    }
  }

  /// Whatever bytes there are: those that are no text are no JSON either.
  private static Seal meaning(byte[] content) throws IOException {
    try {
      var seal = JSON.readValue(new String(content, StandardCharsets.UTF_8), Seal.class);
      if (seal == null) {
        throw new Damaged("it holds nothing");
      }
      return seal;
    } catch (JacksonException e) {
      throw new Damaged(e.getOriginalMessage());
    }
  }

  /// Whether there is one that cannot be read, and no copy that says that the volume has this name;
  /// or none, and a copy that cannot be read: that was made of a complete volume.
  static boolean isDamaged(Path volume, String name) throws IOException {
    var file = file(volume);
    var left = Files.exists(file) ? file : AtomicFile.copy(file);
    return Files.exists(left) && said(left).isEmpty() && read(volume, name).isEmpty();
  }

  /// What this one file says.
  private static Optional<Seal> said(Path file) throws IOException {
    try {
      return Optional.of(meaning(Files.readAllBytes(file)));
    } catch (NoSuchFileException | Damaged e) {
      return Optional.empty();
    }
  }

  /// Atomic.
  static void write(Seal seal, Path volume) throws IOException {
    var content = JSON.writeValueAsString(seal) + "\n";
    replace(file(volume), content.getBytes(StandardCharsets.UTF_8));
  }

  private static void replace(Path file, byte[] content) throws IOException {
    var draft = file.resolveSibling(file.getFileName() + ".new");
    Files.write(draft, content);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Makes the copy, of a volume that is on the disk, and its seal as well.
  static void copy(Path volume) throws IOException {
    var copy = AtomicFile.copy(file(volume));
    var content = Files.readAllBytes(file(volume));
    meaning(content);
    if (!Files.exists(copy) || !Arrays.equals(content, Files.readAllBytes(copy))) {
      replace(copy, content);
    }
  }

  /// Whether the copy says that the volume has this name.
  static boolean isCopied(Path volume, String name) throws IOException {
    return said(AtomicFile.copy(file(volume)))
        .filter(found -> name.equals(found.volume()))
        .isPresent();
  }

  /// Brings back a seal that is damaged or lost, where there is a copy of it, and answers whether
  /// that had to be.
  static boolean mend(Path volume, String name) throws IOException {
    if (said(file(volume)).isPresent() || !isCopied(volume, name)) {
      return false;
    }
    replace(file(volume), Files.readAllBytes(AtomicFile.copy(file(volume))));
    return true;
  }
}
