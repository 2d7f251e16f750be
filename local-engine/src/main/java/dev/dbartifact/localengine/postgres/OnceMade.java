package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Folders that are made once and stay: one that is there is complete, as it gets its name last.
///
/// @param directory that they lie in
record OnceMade(Path directory) {
  /// For the account that servers run as, whatever the engine's file mode mask.
  static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

  private static final String DRAFT = "unpacking-";

  /// What makes the content of a folder.
  interface Making {
    void into(Path folder) throws IOException;
  }

  Path folder(String name, Making making) throws IOException {
    var folder = directory.resolve(name);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, OPEN);
      removeDrafts();
      var draft = Files.createTempDirectory(directory, DRAFT);
      Files.setPosixFilePermissions(draft, OPEN);
      making.into(draft);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    }
    return folder;
  }

  /// What an engine left that was killed meanwhile.
  private void removeDrafts() throws IOException {
    try (var drafts = Files.newDirectoryStream(directory, DRAFT + "*")) {
      for (var draft : drafts) {
        Program.run("rm", "-r", "-f", "--", draft.toString());
      }
    }
  }
}
