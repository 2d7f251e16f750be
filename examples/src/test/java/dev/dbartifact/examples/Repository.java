package dev.dbartifact.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where things lie in the checkout that is being built.
final class Repository {
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();
  static final Path EXAMPLES = ROOT.resolve("examples");
  static final Path CLONE = EXAMPLES.resolve("01-clone/artifact-config.ini");
  static final Path CREATE = EXAMPLES.resolve("02-create-and-migrate/artifact-config.ini");

  static final Path MYSQL = EXAMPLES.resolve("03-aurora-mysql/artifact-config.ini");

  private Repository() {}

  /// An artifact that only the tests have use for.
  static Path testArtifact(String name) {
    return EXAMPLES.resolve("src/test/resources/artifacts").resolve(name + "/artifact-config.ini");
  }

  static String readme() {
    try {
      return Files.readString(ROOT.resolve("README.md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
