package dev.dbartifact.examples.bench;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `db-artifact-converge` of a clone, and again when there is nothing to do.
final class ConvergeBench {
  private static final String ENDPOINT_VARIABLE = "AWS_ENDPOINT_URL";

  private final Workbench bench;
  private final BenchOptions options;
  private final List<Duration> newPrinted = new ArrayList<>();
  private final List<Duration> newEnded = new ArrayList<>();
  private final List<Duration> againPrinted = new ArrayList<>();
  private final List<Duration> againEnded = new ArrayList<>();

  ConvergeBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  String run() throws Exception {
    var source = bench.source(options.sizes().getFirst());
    var artifact = ExampleArtifact.of(bench, source);
    artifact.build().run();
    once(artifact, "bench-warm-up");
    forget();
    for (int run = 0; run < options.runs(); run++) {
      once(artifact, "bench-converged-" + run);
    }
    return table(counted(artifact)) + "\n" + remarks(source);
  }

  private void once(ExampleArtifact artifact, String id) throws Exception {
    var converge = converge(artifact, id);
    var first = converge.run();
    first.firstLineWith("Converged:");
    newPrinted.add(first.firstLineWith("endpoint:"));
    newEnded.add(first.elapsed());
    var second = converge.run();
    second.firstLineWith("Unchanged:");
    againPrinted.add(second.firstLineWith("endpoint:"));
    againEnded.add(second.elapsed());
    bench.clusters().delete(id);
    bench.awaitRemovals();
  }

  private void forget() {
    List.of(newPrinted, newEnded, againPrinted, againEnded).forEach(List::clear);
  }

  private record Counted(Calls first, Calls second) {}

  /// In runs of their own, as counting takes time.
  private Counted counted(ExampleArtifact artifact) throws Exception {
    try (var counter = CallCounter.open(URI.create(System.getenv(ENDPOINT_VARIABLE)))) {
      var converge =
          converge(artifact, "bench-counted").with(ENDPOINT_VARIABLE, counter.endpoint());
      converge.run().firstLineWith("Converged:");
      var first = counter.take();
      converge.run().firstLineWith("Unchanged:");
      var second = counter.take();
      bench.clusters().delete("bench-counted");
      return new Counted(first, second);
    }
  }

  private Command converge(ExampleArtifact artifact, String id) {
    return new Command(
        List.of(
            bench.checkout().resolve("bin/db-artifact-converge").toString(),
            "--docker_image",
            artifact.image(),
            "--cluster_id",
            id),
        Map.of("DB_PASSWORD", Workbench.PASSWORD));
  }

  private String table(Counted calls) {
    var table =
        new MarkdownTable(
            List.of(
                "`db-artifact-converge`",
                "to the printed endpoint",
                "to the exit",
                "API calls",
                "of them mutating"));
    row(table, "A new clone", newPrinted, newEnded, calls.first());
    row(table, "Again, unchanged", againPrinted, againEnded, calls.second());
    return table.toString();
  }

  private static void row(
      MarkdownTable table, String name, List<Duration> printed, List<Duration> ended, Calls calls) {
    table.row(
        name,
        List.of(
            new Timings(printed).toString(),
            new Timings(ended).toString(),
            String.valueOf(calls.all()),
            String.valueOf(calls.mutating())));
  }

  private String remarks(Source source) {
    return """
    Medians (shortest–longest) of %d runs, each on a clone of its own of a source of %s without \
    load, deleted afterwards. Calls are counted in one more run.
    """
        .formatted(options.runs(), source.size());
  }
}
