package dev.dbartifact.builder.base;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// An ahead-of-time cache (JEP 483, JEP 514) trained on the converger's own start.
///
/// The JVM compares the cache with its own runtime and with the *names* of the jars, not with what
/// the jars hold: with a rebuilt jar it would silently run the old classes. So the file's name
/// carries a digest over runtime and jars, and a cache under another name is not found.
///
/// @param file the cache; its name is the same in the image
record AotCache(Path file) {
  static final String MAIN_CLASS = "dev.dbartifact.converger.Main";

  /// Walks the converger's real start with no endpoint behind it.
  static final String TRAINING_CLASS = "dev.dbartifact.converger.training.Training";

  /// A cache works only with the collector that it was trained with; the compiler flag is for a
  /// short run, and large pages save a tenth of its processor's time where page faults are slow.
  static final List<String> JVM_FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseTransparentHugePages",
          "-XX:-UsePerfData");

  private static final String FROM_CACHE = MAIN_CLASS + " source: shared objects file";

  /// Makes a cache.
  interface Training {
    /// @throws ToolRun.OutOfTimeException if the machine is too busy
    AotCache train(JavaRuntime runtime, ConvergerJars jars, Path file)
        throws IOException, InterruptedException;
  }

  static String name(String inputsDigest) {
    return "converger-" + inputsDigest.substring(0, 16) + ".aot";
  }

  static AotCache train(JavaRuntime runtime, ConvergerJars jars, Path file)
      throws IOException, InterruptedException {
    run(runtime, jars, List.of("-XX:AOTCacheOutput=" + file), List.of(TRAINING_CLASS));
    var cache = new AotCache(file);
    cache.requireUsed(runtime, jars);
    return cache;
  }

  /// Starts the converger once on the finished cache.
  ///
  /// @throws IOException if the JVM rejects the cache, or loads the converger from elsewhere
  private void requireUsed(JavaRuntime runtime, ConvergerJars jars)
      throws IOException, InterruptedException {
    var log =
        run(
            runtime,
            jars,
            List.of("-XX:AOTCache=" + file, "-XX:AOTMode=on", "-Xlog:class+load"),
            List.of(MAIN_CLASS, "--version"));
    if (!log.contains(FROM_CACHE)) {
      throw new IOException(
          "The AOT cache %s was made, but the converger did not start from it.".formatted(file));
    }
  }

  private static String run(
      JavaRuntime runtime, ConvergerJars jars, List<String> options, List<String> main)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(runtime.java().toString());
    command.addAll(JVM_FLAGS);
    command.addAll(options);
    command.addAll(List.of("-cp", classPath(jars.classPath())));
    command.addAll(main);
    // No variable of the person who builds may reach the training: no credentials, no JVM options.
    return ToolRun.program(
        command, Map.of("PATH", "/usr/bin:/bin", "AWS_EC2_METADATA_DISABLED", "true"));
  }

  private static String classPath(List<Path> jars) {
    return jars.stream().map(Path::toString).collect(Collectors.joining(":"));
  }
}
