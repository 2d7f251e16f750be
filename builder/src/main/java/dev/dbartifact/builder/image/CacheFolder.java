package dev.dbartifact.builder.image;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Where bases are kept between builds, by the XDG Base Directory Specification.
public final class CacheFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private CacheFolder() {}

  /// `$XDG_CACHE_HOME/db-artifact`, else `$HOME/.cache/db-artifact`; for someone without a home, a
  /// folder among the temporary ones that nobody else can read or prepare.
  ///
  /// @throws IOException if that one cannot be made, or is not this user's alone
  public static Path of(Map<String, String> environment) throws IOException {
    var home =
        absolute(environment, "XDG_CACHE_HOME")
            .or(() -> absolute(environment, "HOME").map(path -> path.resolve(".cache")));
    return home.isPresent()
        ? home.get().resolve("db-artifact")
        : ownAmongTemporary(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static Path ownAmongTemporary(Path temporary) throws IOException {
    var folder = temporary.resolve("db-artifact-" + System.getProperty("user.name"));
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException there) {
      requireOwn(folder);
    }
    return folder;
  }

  private static void requireOwn(Path folder) throws IOException {
    var found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    var user = folder.getFileSystem().getUserPrincipalLookupService();
    var me = user.lookupPrincipalByName(System.getProperty("user.name"));
    if (!found.isDirectory()
        || !found.owner().equals(me)
        || !found.permissions().equals(OWNER_ONLY)) {
      throw new IOException(
          "Could not use the cache folder %s: it is not a folder of %s alone (mode 0700). Set"
                  .formatted(folder, me)
              + " XDG_CACHE_HOME to one that is, or remove it.");
    }
  }

  /// The specification has relative paths ignored.
  private static Optional<Path> absolute(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(path -> path.startsWith("/"))
        .map(Path::of);
  }
}
