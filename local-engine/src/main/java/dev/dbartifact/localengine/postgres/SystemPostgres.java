package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;

/// A PostgreSQL of the system, as Debian's packages lay it out, in the form that the engine runs:
/// the same program, libraries and files, and a folder of extensions of its own, which are not the
/// engine's to change in the system.
///
/// PostgreSQL finds its files by where its program is, symbolic links resolved, as long as the tree
/// around it is that of its making (`make_relative_path` in its `src/port/path.c`). So the program
/// is a copy, and links lead to the rest.
///
/// @param root that the system's tree begins at
/// @param major the name of the major version's folders
record SystemPostgres(Path root, String major) {

  static final Path ROOT = Path.of("/usr");

  /// What the names of the trees begin with.
  static final String TREE = "system-";

  Path bin() {
    return home(root).resolve("bin");
  }

  private Path home(Path top) {
    return top.resolve("lib/postgresql").resolve(major);
  }

  private Path share(Path top) {
    return top.resolve("share/postgresql").resolve(major);
  }

  /// What it says, or what the tree is named by that was made for the packages as they are.
  ///
  /// @param directory that trees are made in
  String version(Path directory) throws IOException {
    if (Files.isDirectory(directory) && Files.isDirectory(extensions(root))) {
      var state = "-" + state();
      try (var trees = Files.newDirectoryStream(directory, TREE + "*" + state)) {
        for (var tree : trees) {
          var name = tree.getFileName().toString();
          return name.substring(TREE.length(), name.length() - state.length());
        }
      }
    }
    return SaidVersion.ask(bin());
  }

  /// Makes the tree, once for each state of the packages.
  ///
  /// @param directory to make it in
  /// @return the directory of the programs; the system's own where its files lie elsewhere
  Path adapt(String version, Path directory) throws IOException {
    if (!Files.isDirectory(extensions(root))) {
      return bin();
    }
    var tree = new OnceMade(directory).folder(TREE + version + "-" + state(), this::fill);
    new OfferedExtensions(extensions(tree)).open();
    return home(tree).resolve("bin");
  }

  private Path extensions(Path top) {
    return share(top).resolve("extension");
  }

  /// Another one after every installation of packages that concerns it.
  private String state() throws IOException {
    var crc = new CRC32();
    for (var path : new Path[] {bin().resolve("postgres"), extensions(root)}) {
      var seen = path + " " + Files.size(path) + " " + Files.getLastModifiedTime(path);
      crc.update(seen.getBytes(StandardCharsets.UTF_8));
    }
    return Long.toHexString(crc.getValue());
  }

  private void fill(Path tree) throws IOException {
    var bin = folder(home(tree).resolve("bin"));
    Files.copy(bin().resolve("postgres"), bin.resolve("postgres"));
    Files.setPosixFilePermissions(bin.resolve("postgres"), OnceMade.OPEN);
    Files.createSymbolicLink(bin.resolve("initdb"), bin().resolve("initdb"));
    Files.createSymbolicLink(home(tree).resolve("lib"), home(root).resolve("lib"));
    linkFolders(share(root), folder(share(tree)));
    copyFiles(extensions(root), folder(extensions(tree)));
  }

  private void linkFolders(Path from, Path to) throws IOException {
    try (var all = Files.newDirectoryStream(from, Files::isDirectory)) {
      for (var each : all) {
        if (!each.equals(extensions(root))) {
          Files.createSymbolicLink(to.resolve(each.getFileName()), each);
        }
      }
    }
  }

  private static void copyFiles(Path from, Path to) throws IOException {
    try (var all = Files.newDirectoryStream(from, Files::isRegularFile)) {
      for (var each : all) {
        var copy = Files.copy(each, to.resolve(each.getFileName()));
        Files.setPosixFilePermissions(copy, OnceMade.READABLE);
      }
    }
  }

  private static Path folder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      folder(path.getParent());
      Files.createDirectory(path);
      Files.setPosixFilePermissions(path, OnceMade.OPEN);
    }
    return path;
  }
}
