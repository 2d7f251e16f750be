package dev.dbartifact.builder.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The C library that the runtime was linked against, taken from the machine that builds: the
/// dynamic linker, the shared objects that any ELF file of the runtime names, and those that glibc
/// loads by name at run time.
///
/// @param files where a file lies in the image, and where it is read from (symbolic links resolved)
record CLibrary(SortedMap<Path, Path> files) {
  /// A line of `ldd`: `libm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x…)`, or the linker's own
  /// path alone.
  private static final Pattern LDD_LINE =
      Pattern.compile("^\\s*(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)$");

  /// Loaded by glibc through `dlopen`, for names of users and hosts; within libc itself since 2.34.
  private static final Set<String> LOADED_BY_NAME =
      Set.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

  /// UTF-8 file names need a UTF-8 locale, and this one needs no language.
  private static final Path LOCALE = Path.of("/usr/lib/locale/C.utf8");

  CLibrary {
    files = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(files));
  }

  static CLibrary closureOf(JavaRuntime runtime) throws IOException, InterruptedException {
    var files = new TreeMap<Path, Path>();
    for (var elf : runtime.elfFiles()) {
      for (var object : sharedObjectsOf(elf, runtime)) {
        files.put(object, object.toRealPath());
      }
    }
    for (var libc : List.copyOf(files.keySet())) {
      if (libc.getFileName().toString().startsWith("libc.so")) {
        addSiblings(libc.getParent(), files);
      }
    }
    addLocale(files);
    return new CLibrary(files);
  }

  String digest() throws IOException {
    var digest = new Sha256();
    for (var file : files.entrySet()) {
      digest.add(file.getKey().toString(), file.getValue());
    }
    return digest.hex();
  }

  private static List<Path> sharedObjectsOf(Path elf, JavaRuntime runtime)
      throws IOException, InterruptedException {
    // The runtime's libraries find libjvm.so beside the JVM that loads them; ldd has to be told.
    var search = runtime.home().resolve("lib/server") + ":" + runtime.home().resolve("lib");
    var output =
        ToolRun.program(
            List.of("ldd", elf.toString()),
            Map.of("PATH", "/usr/bin:/bin", "LC_ALL", "C", "LD_LIBRARY_PATH", search));
    return output
        .lines()
        .peek(line -> requireFound(elf, line))
        .map(LDD_LINE::matcher)
        .filter(java.util.regex.Matcher::matches)
        .map(line -> Path.of(line.group(1)))
        .filter(object -> !object.startsWith(runtime.home()))
        .toList();
  }

  private static void requireFound(Path elf, String line) {
    if (line.contains("not found")) {
      throw new IllegalStateException(
          "%s needs a shared object that this machine lacks: %s".formatted(elf, line.strip()));
    }
  }

  private static void addSiblings(Path folder, SortedMap<Path, Path> files) throws IOException {
    for (var name : LOADED_BY_NAME) {
      var object = folder.resolve(name);
      if (Files.exists(object)) {
        files.put(object, object.toRealPath());
      }
    }
  }

  private static void addLocale(SortedMap<Path, Path> files) throws IOException {
    if (!Files.isDirectory(LOCALE)) {
      throw new IOException(
          LOCALE
              + " is missing: the image needs the C.UTF-8 locale (package libc-bin, glibc-common).");
    }
    try (var locale = Files.walk(LOCALE)) {
      for (var file : locale.filter(Files::isRegularFile).toList()) {
        files.put(file, file.toRealPath());
      }
    }
  }
}
