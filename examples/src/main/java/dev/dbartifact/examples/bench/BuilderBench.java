package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// `db-artifact-builder` beside bare Jib, into the container engine and into a tar, and the size of
/// the image.
final class BuilderBench {
  /// Those of `bin/db-artifact-builder`, so that only the work differs.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xlog:disable",
          "-XX:-UsePerfData",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+AutoCreateSharedArchive");

  private final Workbench bench;
  private final BenchOptions options;

  BuilderBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  /// The two programs with the same target, each as often as the other, alternating.
  private record Pair(
      Command ours, Command bare, List<Duration> oursTook, List<Duration> bareTook) {
    Pair(Command ours, Command bare) {
      this(ours, bare, new ArrayList<>(), new ArrayList<>());
    }

    void run(boolean counts) throws IOException, InterruptedException {
      var first = ours.run().elapsed();
      var second = bare.run().elapsed();
      if (counts) {
        oursTook.add(first);
        bareTook.add(second);
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
    var toEngine = new Pair(artifact.build(), bareJib(artifact, metadata, List.of()));
    var toTar =
        new Pair(
            intoTar,
            bareJib(artifact, metadata, List.of(bench.work().resolve("bare.tar").toString())));
    measure(List.of(toEngine, toTar));
    return table(toEngine, toTar) + "\n" + remarks(image);
  }

  private void measure(List<Pair> pairs) throws Exception {
    for (int run = -1; run < options.runs(); run++) {
      for (var pair : pairs) {
        pair.run(run >= 0);
      }
    }
  }

  private Command bareJib(ExampleArtifact artifact, Path metadata, List<String> file)
      throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(JVM_OPTIONS);
    words.add("-XX:SharedArchiveFile=" + bench.work().resolve("bare.jsa"));
    words.addAll(List.of("-cp", jars(), BareJib.class.getName()));
    words.add(base().toString());
    words.add(metadata.toString());
    words.add(artifact.changelog().toString());
    words.add(bench.work().resolve("bare-cache").toString());
    words.add(artifact.image() + "-bare");
    words.addAll(file);
    return new Command(words, Map.of());
  }

  private Path base() {
    return bench.checkout().resolve("builder/target/base/db-artifact-base.tar");
  }

  /// Jars only, as the JVM makes no archive of classes in folders.
  private String jars() throws IOException {
    var target = bench.checkout().resolve("examples/target");
    try (var own = Files.newDirectoryStream(target, "examples-*.jar")) {
      var libraries =
          Files.readString(bench.checkout().resolve("builder/target/runtime.classpath")).strip();
      return own.iterator().next() + ":" + libraries;
    }
  }

  private static String table(Pair toEngine, Pair toTar) {
    var table = new MarkdownTable(List.of("Warm build", "into the container engine", "into a tar"));
    var pairs = List.of(toEngine, toTar);
    table.row(
        "`db-artifact-builder`",
        pairs.stream().map(pair -> new Timings(pair.oursTook()).toString()).toList());
    table.row(
        "Bare Jib", pairs.stream().map(pair -> new Timings(pair.bareTook()).toString()).toList());
    table.row("**Ours ÷ bare Jib**", pairs.stream().map(BuilderBench::ratio).toList());
    return table.toString();
  }

  private static String ratio(Pair pair) {
    double ratio = new Timings(pair.oursTook()).ratioTo(new Timings(pair.bareTook()));
    return "**" + Timings.ratio(ratio) + "**";
  }

  private String remarks(ImageArchive image) throws IOException {
    var sizes = image.layerSizes();
    return """
    Medians (shortest–longest) of %d alternating pairs, a new JVM each, with the same options. \
    Both add the same metadata and changelog to the same base archive, with warm caches. The \
    image is **%s MB** compressed, all %d layers: %s MB.
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
