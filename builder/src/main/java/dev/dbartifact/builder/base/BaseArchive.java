package dev.dbartifact.builder.base;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.api.buildplan.Platform;
import dev.dbartifact.builder.image.Folders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/// The base archive: an image in the layout of `docker save`, made in one folder that also keeps
/// the parts.
///
/// Parts lie in folders named by a digest over what they were made from, so a part is made again
/// when, and only when, its inputs changed; the archive's stamp is written last. Where the machine
/// was too busy to train a cache, there is an archive without one and without a stamp, so that the
/// next build tries again.
///
/// @param folder where the archive and its parts live, for example `builder/target/base`
/// @param jars the converger's class path
/// @param training makes the cache
record BaseArchive(Path folder, ConvergerJars jars, AotCache.Training training) {
  static final String FILE_NAME = "db-artifact-base.tar";
  private static final String STAMP_NAME = "db-artifact-base.digest";
  private static final List<String> ETC = List.of("group", "nsswitch.conf", "passwd");

  BaseArchive(Path folder, ConvergerJars jars) {
    this(folder, jars, AotCache::train);
  }

  /// Makes the archive unless it stands there already, made from the same inputs.
  ///
  /// @return whether it was made
  boolean make() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var modules = modules();
    var runtime = runtime(modules);
    var cLibrary = CLibrary.closureOf(runtime);
    var convergerDigest =
        new Sha256()
            .add("runtime", JavaRuntime.digest(modules))
            .add("jars", jars.digest())
            .add("flags", String.join(" ", AotCache.JVM_FLAGS))
            .hex();
    var digest =
        new Sha256()
            .add("converger", convergerDigest)
            .add("libc", cLibrary.digest())
            .add("recipe", recipeDigest())
            .hex();
    if (isStamped(digest)) {
      return false;
    }
    var converger = converger(convergerDigest, runtime);
    var layers = new BaseLayers(runtime, cLibrary, converger.jars(), converger.cache());
    Files.deleteIfExists(folder.resolve(STAMP_NAME));
    write(layers, digest);
    if (converger.cache().isPresent()) {
      Files.writeString(folder.resolve(STAMP_NAME), digest);
    }
    removeOtherParts(Set.of(runtime.home(), converger.folder()));
    return true;
  }

  Path file() {
    return folder.resolve(FILE_NAME);
  }

  private record Converger(Path folder, ConvergerJars jars, Optional<AotCache> cache) {}

  private boolean isStamped(String digest) throws IOException {
    var stamp = folder.resolve(STAMP_NAME);
    return Files.exists(file()) && Files.exists(stamp) && Files.readString(stamp).equals(digest);
  }

  /// jdeps reads every class: its answer is kept beside the digest of the jars that it read.
  private List<String> modules() throws IOException {
    var kept = folder.resolve("modules-" + shortened(jars.digest()));
    if (!Files.exists(kept)) {
      Files.writeString(kept, String.join(",", JavaRuntime.modulesOf(jars.classPath())));
    }
    return List.of(Files.readString(kept).split(","));
  }

  private JavaRuntime runtime(List<String> modules) throws IOException {
    var home = folder.resolve("runtime-" + shortened(JavaRuntime.digest(modules)));
    if (!Files.exists(home)) {
      var unfinished = emptied(folder.resolve("runtime.unfinished"));
      JavaRuntime.link(modules, unfinished);
      Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
    }
    return new JavaRuntime(home);
  }

  private Converger converger(String digest, JavaRuntime runtime)
      throws IOException, InterruptedException {
    var part = emptied(folder.resolve("converger-" + shortened(digest)));
    var staged = jars.copiedTo(part.resolve("lib"));
    return new Converger(part, staged, cache(runtime, staged, part.resolve(AotCache.name(digest))));
  }

  /// A training that fails is a fault of the converger, and the build's; one that takes too long is
  /// neither.
  private Optional<AotCache> cache(JavaRuntime runtime, ConvergerJars staged, Path file)
      throws IOException, InterruptedException {
    try {
      return Optional.of(training.train(runtime, staged, file));
    } catch (ToolRun.OutOfTimeException e) {
      System.err.println(
          "The base archive has no cache to start from, and images made on it start more slowly,"
              + " until it is built again: "
              + e.getMessage());
      Files.deleteIfExists(file);
      return Optional.empty();
    }
  }

  private void write(BaseLayers layers, String digest) throws IOException, InterruptedException {
    var unfinished = folder.resolve(FILE_NAME + ".unfinished");
    var image =
        Jib.fromScratch()
            .setFormat(ImageFormat.Docker)
            .setPlatforms(Set.of(new Platform(architecture(), "linux")))
            .setFileEntriesLayers(layers.layers(etc()))
            .setEntrypoint(layers.entrypoint())
            .setEnvironment(Map.of("LANG", "C.UTF-8"))
            .setLabels(Map.of("dev.dbartifact.base", digest));
    containerize(image, unfinished);
    Files.move(unfinished, file(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void containerize(JibContainerBuilder image, Path target)
      throws IOException, InterruptedException {
    try {
      image.containerize(
          Containerizer.to(TarImage.at(target).named("db-artifact-base"))
              .setApplicationLayersCache(folder.resolve("layers"))
              .setBaseImageLayersCache(folder.resolve("layers")));
    } catch (InvalidImageReferenceException
        | RegistryException
        | CacheDirectoryCreationException
        | ExecutionException e) {
      throw new IOException(
          "Could not write the base archive " + target + ": " + e.getMessage(), e);
    }
  }

  private Path etc() throws IOException {
    var etc = Files.createDirectories(folder.resolve("etc"));
    for (var name : ETC) {
      try (var content = BaseArchive.class.getResourceAsStream("etc/" + name)) {
        Files.copy(content, etc.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return etc;
  }

  /// Our own code: a change of the recipe makes the archive anew. In a build, only this package
  /// counts; from a jar, which changes as a whole, all of it.
  private static String recipeDigest() throws IOException {
    var code =
        Path.of(
            URI.create(
                BaseArchive.class.getProtectionDomain().getCodeSource().getLocation().toString()));
    var recipe =
        Files.isDirectory(code)
            ? code.resolve(BaseArchive.class.getPackageName().replace('.', '/'))
            : code;
    var digest = new Sha256();
    try (var files = Files.walk(recipe)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        digest.add(code.relativize(file).toString(), file);
      }
    }
    return digest.hex();
  }

  private void removeOtherParts(Set<Path> used) throws IOException {
    try (var parts = Files.list(folder)) {
      for (var part : parts.filter(BaseArchive::isDigestNamed).toList()) {
        if (!used.contains(part)) {
          Folders.remove(part);
        }
      }
    }
  }

  private static boolean isDigestNamed(Path part) {
    return Files.isDirectory(part)
        && part.getFileName().toString().matches("(runtime|converger)-[0-9a-f]{16}");
  }

  private static Path emptied(Path folder) throws IOException {
    Folders.remove(folder);
    return folder;
  }

  private static String shortened(String digest) {
    return digest.substring(0, 16);
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "amd64", "x86_64" -> "amd64";
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }
}
