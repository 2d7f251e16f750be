package dev.dbartifact.examples.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a source loses of its throughput while clones of it are made, and by its history.
final class SourceBench {
  private static final Duration WINDOW = Duration.ofSeconds(6);
  private static final Duration EVERY = Duration.ofSeconds(2);

  /// How often a client looks whether a clone answers, or is gone: who asks all the time takes from
  /// the source what is to be measured.
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /// Committed before each window, so that none begins with what the one before left.
  private static final int SETTLING = 200;

  private final Workbench bench;
  private final BenchOptions options;
  private final MarkdownTable table =
      new MarkdownTable(
          List.of(
              "The source's transactions",
              "without",
              "with",
              "fewer",
              "fewer for each second of processor"));

  SourceBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  /// Something that takes place in a window, over and over until it ends.
  private interface Disturbance {
    void until(long end) throws Exception;
  }

  /// A load on the source.
  private interface Loading {
    WriteLoad begin(Source source) throws Exception;
  }

  String run() throws Exception {
    var source = bench.source(options.sizes().getFirst());
    var clones = "a clone every %d s, made, asked and deleted".formatted(EVERY.toSeconds());
    compare(
        "%s, at %d/s".formatted(clones, options.tps()),
        source,
        this::limited,
        end -> clones(source, end, EVERY));
    compare(clones, source, this::unlimited, end -> clones(source, end, EVERY));
    compare(
        "one clone after the other, made, asked and deleted",
        source,
        this::unlimited,
        end -> clones(source, end, Duration.ZERO));
    try (var history = KeptHistory.of(bench, options.sizes().getFirst())) {
      compare("the history is kept", history.source(), this::unlimited, history::keepUntil);
    }
    return table + "\n" + remarks();
  }

  private void compare(String title, Source source, Loading loading, Disturbance disturbance)
      throws Exception {
    var without = new ArrayList<Throughput>();
    var with = new ArrayList<Throughput>();
    try (var load = loading.begin(source)) {
      window(source, load, SourceBench::nothing);
      window(source, load, disturbance);
      without.add(window(source, load, SourceBench::nothing));
      for (int run = 0; run < options.runs(); run++) {
        with.add(window(source, load, disturbance));
        without.add(window(source, load, SourceBench::nothing));
      }
    }
    row(title, without, with);
  }

  private WriteLoad unlimited(Source source) throws Exception {
    return WriteLoad.unlimited(bench.programs(), source.database(), source.server(), log());
  }

  private WriteLoad limited(Source source) throws Exception {
    return WriteLoad.start(
        bench.programs(), source.database(), source.server(), options.tps(), log());
  }

  private Path log() {
    return bench.work().resolve("pgbench.log");
  }

  private Throughput window(Source source, WriteLoad load, Disturbance disturbance)
      throws Exception {
    bench.awaitRemovals();
    load.awaitTransactions(SETTLING);
    var server = ProcessHandle.of(source.server().pid()).orElseThrow();
    long begin = System.nanoTime();
    var used = ProcessorTime.of(server);
    long first = load.transactions();
    disturbance.until(begin + WINDOW.toNanos());
    double committed = load.transactions() - first;
    double processor = ProcessorTime.of(server).secondsSince(used);
    var measured =
        new Throughput(committed / (Command.since(begin).toNanos() / 1e9), committed / processor);
    Progress.say(String.format(Locale.ROOT, "%.0f transactions/s", measured.perSecond()));
    return measured;
  }

  private static void nothing(long end) throws InterruptedException {
    awaitTime(end);
  }

  private void clones(Source source, long end, Duration every) throws Exception {
    var clusters = bench.clusters().lookedAtEvery(BETWEEN_LOOKS);
    for (long next = System.nanoTime(); next < end; next = Math.max(next, System.nanoTime())) {
      awaitTime(next);
      clusters.copy(source.id(), "bench-beside").awaitAnswer(Source.FIRST_QUERY, BETWEEN_LOOKS);
      clusters.delete("bench-beside");
      next += every.toNanos();
    }
    awaitTime(end);
  }

  static void awaitTime(long time) throws InterruptedException {
    Thread.sleep(Duration.ofNanos(Math.max(0, time - System.nanoTime())));
  }

  private void row(String title, List<Throughput> without, List<Throughput> with) {
    var fewer = new ArrayList<Double>();
    var fewerForWork = new ArrayList<Double>();
    for (int pair = 0; pair < with.size(); pair++) {
      var before = without.get(pair);
      var after = without.get(pair + 1);
      fewer.add(with.get(pair).fallFrom(before, after));
      fewerForWork.add(with.get(pair).fallInWorkFrom(before, after));
    }
    table.row(
        title,
        List.of(
            median(without),
            median(with),
            "**" + new Throughput.Falls(fewer) + "**",
            new Throughput.Falls(fewerForWork).toString()));
  }

  private static String median(List<Throughput> windows) {
    var sorted = windows.stream().map(Throughput::perSecond).sorted().toList();
    return String.format(Locale.ROOT, "%.0f/s", sorted.get(sorted.size() / 2));
  }

  private String remarks() {
    return """
    Medians (quartiles) of %d windows of %d s with, each compared with the one before and the one \
    after it, without; negative is more. Load: pgbench, TPC-B-like, 2 clients, as fast as \
    it can on all processors, but in the first row; clients look every %d ms; the source holds %s.
    """
        .formatted(
            options.runs(),
            WINDOW.toSeconds(),
            BETWEEN_LOOKS.toMillis(),
            options.sizes().getFirst());
  }
}
