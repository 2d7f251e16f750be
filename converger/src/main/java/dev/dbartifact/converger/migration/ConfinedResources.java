package dev.dbartifact.converger.migration;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import liquibase.exception.UnexpectedLiquibaseException;
import liquibase.resource.DirectoryResourceAccessor;
import liquibase.resource.PathResource;
import liquibase.resource.Resource;

/// The files below one folder, and no others: neither `..` nor a symbolic link leads out.
/// Liquibase's own accessor resolves both.
final class ConfinedResources extends DirectoryResourceAccessor {
  private final Path root;

  ConfinedResources(Path root) throws FileNotFoundException {
    super(root);
    this.root = root.toAbsolutePath().normalize();
  }

  @Override
  protected Resource createResource(Path file, String pathToAdd) {
    return new Confined(pathToAdd, file);
  }

  /// Nothing is held open between reads.
  @Override
  public void close() {}

  private final class Confined extends PathResource {
    private final Path file;

    Confined(String path, Path file) {
      super(path, file);
      this.file = file.normalize();
      if (!this.file.startsWith(root)) {
        throw new UnexpectedLiquibaseException(
            "'" + path + "' lies outside the changelog folder, which nothing may be read from");
      }
    }

    @Override
    public Resource resolve(String other) {
      return new Confined(resolvePath(other), file.resolve(other));
    }

    @Override
    public Resource resolveSibling(String other) {
      return new Confined(resolveSiblingPath(other), file.resolveSibling(other));
    }

    @Override
    public InputStream openInputStream() throws IOException {
      if (exists() && !file.toRealPath().startsWith(root.toRealPath())) {
        throw new IOException("'" + getPath() + "' is a link out of the changelog folder");
      }
      return super.openInputStream();
    }
  }
}
