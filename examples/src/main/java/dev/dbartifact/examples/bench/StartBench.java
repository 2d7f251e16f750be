package dev.dbartifact.examples.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// How long the converger takes to start, with its AOT cache and without.
final class StartBench {
  private static final String CACHE_OPTION = "-XX:AOTCache=";

  private final Workbench bench;
  private final BenchOptions options;
  private final String engine = ContainerEngines.first();

  StartBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  private record Start(String title, Command with, Command without) {}

  String run() throws Exception {
    var artifact = ExampleArtifact.of(bench, bench.source(options.sizes().getFirst()));
    artifact.build().run();
    var entrypoint = entrypoint(artifact.image());
    var table =
        new MarkdownTable(
            List.of("Start to exit", "with the AOT cache", "without", "without ÷ with"));
    for (var start : starts(artifact.image(), entrypoint)) {
      measure(start, table);
    }
    return table
        + "\nMedians (shortest–longest) of %d alternating pairs. Without: the same image and options, but no `%s`.\n"
            .formatted(options.runs(), CACHE_OPTION.replace("=", ""));
  }

  private List<Start> starts(String image, List<String> entrypoint) throws IOException {
    return List.of(
        inContainer("`docker run --rm IMAGE --version`", image, entrypoint, "--version"),
        inContainer(
            "`docker run --rm IMAGE plan`",
            image,
            entrypoint,
            "plan",
            "--cluster_id",
            "bench-plan"),
        new Start(
            "The image's Java outside a container, `--version`",
            outside(entrypoint),
            outside(withoutCache(entrypoint))));
  }

  private Start inContainer(
      String title, String image, List<String> entrypoint, String... arguments) {
    var plain = withoutCache(entrypoint);
    var with = run(List.of(image));
    var without = run(List.of("--entrypoint", plain.getFirst(), image));
    without.addAll(plain.subList(1, plain.size()));
    with.addAll(Arrays.asList(arguments));
    without.addAll(Arrays.asList(arguments));
    return new Start(title, new Command(with, Map.of()), new Command(without, Map.of()));
  }

  /// With the AWS settings of the bench's engine, which is on loopback.
  private List<String> run(List<String> rest) {
    var words = new ArrayList<>(List.of(engine, "run", "--rm", "--network", "host"));
    for (var variable :
        List.of("AWS_ENDPOINT_URL", "AWS_REGION", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY")) {
      words.addAll(List.of("-e", variable));
    }
    words.addAll(rest);
    return words;
  }

  private List<String> entrypoint(String image) throws IOException, InterruptedException {
    var json =
        Command.of(engine, "image", "inspect", "--format", "{{json .Config.Entrypoint}}", image)
            .run()
            .text();
    var words = new ArrayList<String>();
    new ObjectMapper().readTree(json).forEach(word -> words.add(word.asText()));
    if (words.stream().noneMatch(word -> word.startsWith(CACHE_OPTION))) {
      throw new IOException("The image starts without an AOT cache: " + words);
    }
    return words;
  }

  private static List<String> withoutCache(List<String> entrypoint) {
    return entrypoint.stream().filter(word -> !word.startsWith(CACHE_OPTION)).toList();
  }

  /// The same runtime and jars, where the base archive was packed from.
  private Command outside(List<String> entrypoint) throws IOException {
    var base = bench.checkout().resolve("builder/target/base");
    var runtime = only(base, "runtime-*").toString();
    var converger = only(base, "converger-*").toString();
    var words = new ArrayList<String>();
    for (var word : entrypoint) {
      words.add(word.replace("/opt/java", runtime).replace("/opt/converger", converger));
    }
    words.add("--version");
    return new Command(words, Map.of());
  }

  private static Path only(Path folder, String pattern) throws IOException {
    try (var found = Files.newDirectoryStream(folder, pattern)) {
      return found.iterator().next();
    }
  }

  private void measure(Start start, MarkdownTable table) throws Exception {
    var with = new ArrayList<Duration>();
    var without = new ArrayList<Duration>();
    start.with().run();
    start.without().run();
    for (int run = 0; run < options.runs(); run++) {
      with.add(start.with().run().elapsed());
      without.add(start.without().run().elapsed());
    }
    var cached = new Timings(with);
    var plain = new Timings(without);
    table.row(
        start.title(),
        List.of(cached.toString(), plain.toString(), Timings.ratio(plain.ratioTo(cached))));
  }
}
