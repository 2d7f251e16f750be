package dev.dbartifact.builder.image;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// Where an image goes.
public sealed interface ImageTarget {
  /// The name and tag that the image gets, such as `db-artifact` or `registry.example/team/db:1`.
  String reference();

  /// The container engine of this machine.
  record Engine(String reference) implements ImageTarget {}

  /// A file in the layout of `docker save`.
  record TarFile(String reference, Path file) implements ImageTarget {
    /// Tells our unfinished file from those of other builds that write to the same file.
    private static final String OURS = "." + UUID.randomUUID().toString().substring(0, 8);

    /// What the names of such files end in.
    private static final String UNFINISHED = "\\.[0-9a-f]{8}\\.unfinished";

    /// What is written to at first, so that no half of an image is ever taken for one. A device or
    /// a pipe is written to as it is, never replaced.
    Path unfinished() {
      return isReplaced() ? file.resolveSibling(file.getFileName() + OURS + ".unfinished") : file;
    }

    /// Removes what builds have left that were killed: nothing has been written to it for a day.
    /// What another user's have left is theirs.
    void removeAbandoned() throws IOException {
      var folder = file.toAbsolutePath().getParent();
      try (var files = Files.newDirectoryStream(folder, this::isUnfinished)) {
        for (var each : files) {
          removeIfAbandoned(each);
        }
      } catch (AccessDeniedException notToBeListed) {
        // A folder that may be written to all the same.
      }
    }

    private static void removeIfAbandoned(Path file) throws IOException {
      var lately = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
      if (Files.isWritable(file) && Files.getLastModifiedTime(file).compareTo(lately) < 0) {
        Files.deleteIfExists(file);
      }
    }

    private boolean isUnfinished(Path other) {
      var name = other.getFileName().toString();
      var own = file.getFileName().toString();
      return name.startsWith(own) && name.substring(own.length()).matches(UNFINISHED);
    }

    /// Whether the file is put there as a whole.
    public boolean isReplaced() {
      return !isOpenAlready() && (!Files.exists(file) || Files.isRegularFile(file));
    }

    /// Whether it is one of the system's links to what a program has open, as `/dev/stdout` is.
    /// There may be a file behind it, but the link itself must stay.
    private boolean isOpenAlready() {
      var absolute = file.toAbsolutePath().normalize();
      return Files.isSymbolicLink(file)
          && (absolute.startsWith("/dev") || absolute.startsWith("/proc"));
    }
  }
}
