package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// `db-artifact-builder` beside bare Jib, into the container engine and into a tar, and the size of
/// the image.
final class BuilderBench {
  /// Those of `bin/db-artifact-builder`, so that only the work differs. The second compiler stays:
  /// Jib hashes all layers, and is slower without it.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xlog:disable",
          "-XX:-UsePerfData",
          "--sun-misc-unsafe-memory-access=allow");

  private final Workbench bench;
  private final BenchOptions options;

  BuilderBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  /// One program with one target.
  private record Build(Command command, List<Duration> took) {
    Build(Command command) {
      this(command, new ArrayList<>());
    }

    void run(boolean counts) throws IOException, InterruptedException {
      var elapsed = command.run().elapsed();
      if (counts) {
        took.add(elapsed);
      }
    }

    Timings timings() {
      return new Timings(took);
    }
  }

  /// All programs with the same target, each as often as the others, taking turns.
  private record Race(Build ours, Build bare, Build plain) {
    void run(boolean counts) throws IOException, InterruptedException {
      for (var build : List.of(ours, bare, plain)) {
        build.run(counts);
      }
    }
  }

  String run() throws Exception {
    var artifact = ExampleArtifact.of(bench, bench.source(options.sizes().getFirst()));
    var tar = bench.work().resolve("artifact.tar");
    var intoTar = artifact.build("--to", "tar", "--output", tar.toString());
    intoTar.run();
    var image = new ImageArchive(tar);
    var metadata =
        Files.write(bench.work().resolve("metadata.json"), image.content("artifact/metadata.json"));
    var toEngine = race(artifact, metadata, artifact.build(), List.of());
    var toTar = race(artifact, metadata, intoTar, List.of(bench.work().resolve("bare.tar")));
    for (int run = -1; run < options.runs(); run++) {
      toEngine.run(run >= 0);
      toTar.run(run >= 0);
    }
    return table(toEngine, toTar) + "\n" + remarks(image);
  }

  private Race race(ExampleArtifact artifact, Path metadata, Command ours, List<Path> file)
      throws IOException, InterruptedException {
    return new Race(
        new Build(ours),
        new Build(bareJib(withCache(artifact, metadata, file), artifact, metadata, file)),
        new Build(bareJib(List.of(), artifact, metadata, file)));
  }

  /// Bare Jib gets a cache, too, made of the very run that is measured.
  private List<String> withCache(ExampleArtifact artifact, Path metadata, List<Path> file)
      throws IOException, InterruptedException {
    var cache = bench.work().resolve(file.isEmpty() ? "bare-engine.aot" : "bare-tar.aot");
    bareJib(options("-XX:AOTCacheOutput=" + cache), artifact, metadata, file).run();
    return options("-XX:AOTCache=" + cache);
  }

  private static List<String> options(String cache) {
    var options = new ArrayList<>(JVM_OPTIONS);
    options.add(cache);
    return options;
  }

  private Command bareJib(
      List<String> jvmOptions, ExampleArtifact artifact, Path metadata, List<Path> file)
      throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(jvmOptions);
    words.addAll(List.of("-cp", jars(), BareJib.class.getName()));
    words.add(base().toString());
    words.add(metadata.toString());
    words.add(artifact.changelog().toString());
    words.add(bench.work().resolve("bare-cache").toString());
    words.add(artifact.image() + "-bare");
    file.forEach(path -> words.add(path.toString()));
    return new Command(words, Map.of());
  }

  private Path base() {
    return bench.checkout().resolve("builder/target/base/db-artifact-base.tar");
  }

  /// Jars only, as the JVM keeps no classes of folders.
  private String jars() throws IOException {
    var own = filesIn("examples/target", "examples-*.jar");
    var libraries = filesIn("builder/target/lib", "*.jar");
    return Stream.concat(own, libraries).collect(Collectors.joining(":"));
  }

  private Stream<String> filesIn(String folder, String glob) throws IOException {
    try (var found = Files.newDirectoryStream(bench.checkout().resolve(folder), glob)) {
      return StreamSupport.stream(found.spliterator(), false)
          .map(Path::toString)
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String table(Race toEngine, Race toTar) {
    return new MarkdownTable(List.of("Warm build", "into the container engine", "into a tar"))
        .row("`db-artifact-builder`", cells(toEngine, toTar, race -> race.ours().timings()))
        .row(
            "Bare Jib, same JVM options and a cache of its own",
            cells(toEngine, toTar, race -> race.bare().timings()))
        .row("Bare Jib, plain `java`", cells(toEngine, toTar, race -> race.plain().timings()))
        .row(
            "**Ours ÷ bare Jib, same JVM options and a cache of its own**",
            cells(toEngine, toTar, BuilderBench::ratio))
        .row("Ours ÷ bare Jib, plain `java`", cells(toEngine, toTar, BuilderBench::plainRatio))
        .toString();
  }

  private static List<String> cells(Race toEngine, Race toTar, Function<Race, Object> cell) {
    return List.of(cell.apply(toEngine).toString(), cell.apply(toTar).toString());
  }

  private static String ratio(Race race) {
    return "**" + Timings.ratio(race.ours().timings().ratioTo(race.bare().timings())) + "**";
  }

  private static String plainRatio(Race race) {
    return Timings.ratio(race.ours().timings().ratioTo(race.plain().timings()));
  }

  private String remarks(ImageArchive image) throws IOException {
    var sizes = image.layerSizes();
    return """
    Medians (shortest–longest) of %d builds that take turns, a new JVM each; all add the \
    same metadata and changelog to the same base archive, with warm caches. The image is \
    **%s MB** compressed, all %d layers: %s MB.
    """
        .formatted(
            options.runs(),
            megabytes(sizes.stream().mapToLong(Long::longValue).sum()),
            sizes.size(),
            sizes.stream().map(BuilderBench::megabytes).collect(Collectors.joining(" + ")));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, bytes < 100_000 ? "%.3f" : "%.1f", bytes / 1e6);
  }
}
