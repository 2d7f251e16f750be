package dev.dbartifact.builder.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Run by the build of the builder: `BaseArchiveMain <converger jar> <file with its class path>
/// <folder>`.
public final class BaseArchiveMain {
  private BaseArchiveMain() {}

  /// Makes the base archive in the folder, unless it is there and nothing changed.
  ///
  /// @param args the converger's own jar; a file that holds the rest of its class path in one line,
  ///   as `dependency:build-classpath` writes it; the folder to make the archive in
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 3) {
      System.err.println("Usage: BaseArchiveMain CONVERGER_JAR CLASS_PATH_FILE FOLDER");
      System.exit(2);
    }
    try {
      requireLinux(System.getProperty("os.name"));
      make(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]).toAbsolutePath().normalize());
    } catch (IOException e) {
      System.err.println("Could not make the base archive: " + e.getMessage());
      System.exit(1);
    }
  }

  /// Before anything is linked that no image could use, or is missed that only Linux has.
  static void requireLinux(String system) throws IOException {
    if (!system.equals("Linux")) {
      throw new IOException(
          "images get the Java and the C library of the machine that builds, which must be Linux"
              + " with glibc, and this is "
              + system
              + ". Build in a container or a virtual machine with Linux; the images that come of it"
              + " run wherever containers do.");
    }
  }

  private static void make(Path convergerJar, Path classPathFile, Path folder)
      throws IOException, InterruptedException {
    var classPath = new ArrayList<>(List.of(convergerJar));
    for (var jar : Files.readString(classPathFile).strip().split(":")) {
      classPath.add(Path.of(jar));
    }
    var archive = new BaseArchive(folder, ConvergerJars.of(classPath));
    long started = System.nanoTime();
    boolean made = archive.make();
    System.out.printf(
        "Base archive %s: %s, %d MB, %.1f s%n",
        made ? "made" : "unchanged",
        archive.file(),
        Files.size(archive.file()) >> 20,
        (System.nanoTime() - started) / 1e9);
  }
}
