package dev.dbartifact.builder.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.TreeSet;

/// The Java runtime of the image: linked from the JDK that runs us, with the modules that the
/// converger needs.
///
/// @param home its folder
record JavaRuntime(Path home) {
  /// What jdeps cannot see: zip file systems (Liquibase looks into jars), `sun.misc.Unsafe`, and
  /// logging.
  private static final List<String> ALSO_NEEDED =
      List.of("java.logging", "jdk.unsupported", "jdk.zipfs");

  /// Native libraries of `java.desktop`, needed by Liquibase for `java.beans` alone: no screen, no
  /// fonts, no sound.
  private static final String NATIVE_DESKTOP =
      String.join(
          ",",
          "**/libawt*.so",
          "**/libfontmanager.so",
          "**/libfreetype.so",
          "**/libjavajpeg.so",
          "**/libjawt.so",
          "**/libjsound.so",
          "**/liblcms.so",
          "**/libmlib_image.so",
          "**/libsplashscreen.so",
          "**/psfont*");

  /// Stored, not compressed: the layer is compressed anyway (33 MB against 40 MB with zip-6), and
  /// starts no slower.
  private static final List<String> OPTIONS =
      List.of(
          "--strip-debug",
          "--no-man-pages",
          "--no-header-files",
          "--compress=zip-0",
          "--exclude-files=" + NATIVE_DESKTOP);

  /// The modules that these jars use, sorted by name.
  static List<String> modulesOf(List<Path> jars) throws IOException {
    var arguments = new java.util.ArrayList<String>();
    arguments.addAll(List.of("--print-module-deps", "--ignore-missing-deps", "--multi-release"));
    arguments.add(Integer.toString(Runtime.version().feature()));
    for (var jar : jars) {
      // A JAXB without its implementation: optional for Liquibase, and its module descriptor asks
      // for a module of Java 8 that jdeps would insist on.
      if (!jar.getFileName().toString().startsWith("jaxb-api")) {
        arguments.add(jar.toString());
      }
    }
    var modules = new TreeSet<>(ALSO_NEEDED);
    modules.addAll(List.of(lastLine(ToolRun.jdk("jdeps", arguments)).split(",")));
    return List.copyOf(modules);
  }

  /// Identifies what [#link] would make, without making it.
  static String digest(List<String> modules) throws IOException {
    var jdk = Path.of(System.getProperty("java.home"));
    return new Sha256()
        .add("release", jdk.resolve("release"))
        .add("modules", String.join(",", modules))
        .add("options", String.join(" ", OPTIONS))
        .hex();
  }

  /// Links the runtime into a folder that must not exist yet.
  static JavaRuntime link(List<String> modules, Path home) throws IOException {
    var arguments = new java.util.ArrayList<>(OPTIONS);
    arguments.addAll(List.of("--add-modules", String.join(",", modules)));
    arguments.addAll(List.of("--output", home.toString()));
    ToolRun.jdk("jlink", arguments);
    // The JVM compares size and time of `lib/modules` with those that its AOT cache was trained on.
    try (var files = Files.walk(home)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(ImageTime.MODIFIED));
      }
    }
    return new JavaRuntime(home);
  }

  Path java() {
    return home.resolve("bin/java");
  }

  /// Every file that the dynamic linker has to do with.
  List<Path> elfFiles() throws IOException {
    try (var files = Files.walk(home)) {
      return files.filter(JavaRuntime::isElf).sorted().toList();
    }
  }

  private static boolean isElf(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (var content = Files.newInputStream(file)) {
      var magic = content.readNBytes(4);
      return magic.length == 4
          && magic[0] == 0x7f
          && magic[1] == 'E'
          && magic[2] == 'L'
          && magic[3] == 'F';
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String lastLine(String text) {
    return text.strip().lines().reduce((first, second) -> second).orElse("");
  }
}
