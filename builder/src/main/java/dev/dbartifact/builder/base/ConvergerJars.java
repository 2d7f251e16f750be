package dev.dbartifact.builder.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.jar.JarFile;

/// The converger's class path: its own jar first, then what it needs, in the order that Maven
/// resolved.
///
/// @param own jars of this project; they change with every commit
/// @param libraries everybody else's; they change with the versions in the root pom
record ConvergerJars(List<Path> own, List<Path> libraries) {
  private static final String OURS = "META-INF/maven/dev.dbartifact/";

  ConvergerJars {
    own = List.copyOf(own);
    libraries = List.copyOf(libraries);
    requireDistinctNames(own, libraries);
  }

  static ConvergerJars of(List<Path> classPath) throws IOException {
    var own = new ArrayList<Path>();
    var libraries = new ArrayList<Path>();
    for (var jar : classPath) {
      (isOurs(jar) ? own : libraries).add(jar);
    }
    return new ConvergerJars(own, libraries);
  }

  List<Path> classPath() {
    var all = new ArrayList<>(own);
    all.addAll(libraries);
    return all;
  }

  /// Copies all jars into one folder, as they will lie in the image.
  ///
  /// The JVM keeps the folder-independent part of a class path in its AOT cache only when all jars
  /// share one prefix, so training must find them side by side, as the image has them.
  ConvergerJars copiedTo(Path folder) throws IOException {
    Files.createDirectories(folder);
    return new ConvergerJars(copies(own, folder), copies(libraries, folder));
  }

  String digest() throws IOException {
    var digest = new Sha256();
    for (var jar : classPath()) {
      digest.add(jar.getFileName().toString(), jar);
    }
    return digest.hex();
  }

  private static List<Path> copies(List<Path> jars, Path folder) throws IOException {
    var copies = new ArrayList<Path>();
    for (var jar : jars) {
      var copy = Files.copy(jar, folder.resolve(jar.getFileName()));
      Files.setLastModifiedTime(copy, FileTime.from(ImageTime.MODIFIED));
      copies.add(copy);
    }
    return copies;
  }

  private static boolean isOurs(Path jar) throws IOException {
    try (var file = new JarFile(jar.toFile())) {
      return file.stream().anyMatch(entry -> entry.getName().startsWith(OURS));
    }
  }

  private static void requireDistinctNames(List<Path> own, List<Path> libraries) {
    var names = new HashSet<String>();
    for (var jars : List.of(own, libraries)) {
      for (var jar : jars) {
        if (!names.add(jar.getFileName().toString())) {
          throw new IllegalArgumentException(
              "Two jars of the converger's class path are called "
                  + jar.getFileName()
                  + "; one would overwrite the other in the image.");
        }
      }
    }
  }
}
