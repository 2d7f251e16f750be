package dev.dbartifact.examples.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/// A copy of a source that is being written to, from the request to the first answered query: ours,
/// and every other way side by side.
final class CloneBench {
  /// So many pairs are measured before it is the next size's turn, so that all sizes see what the
  /// machine was like in the meantime.
  private static final int PAIRS_IN_A_ROUND = 3;

  /// The load goes on for so many seconds before each measurement. It writes more log by then than
  /// a clone recovers of itself, at each size, as sources under load have at nearly all times:
  /// after less, the smaller source was spared the checkpoint that the larger one had to write.
  private static final int SECONDS_OF_LOAD = 5;

  private final Workbench bench;
  private final BenchOptions options;
  private final CopyMethod ours;
  private final HandClone byHand;
  private final InPlaceReset inPlace;
  private final EngineReset again;
  private final List<CopyMethod> slow;
  private final Map<CopyMethod, Map<DataSize, List<Duration>>> measured = new LinkedHashMap<>();
  private final Map<DataSize, List<HandClone.Phases>> phases = new HashMap<>();
  private final Map<DataSize, List<Double>> achieved = new HashMap<>();

  CloneBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
    this.ours = new EngineClone(bench.clusters());
    this.byHand = new HandClone(bench);
    this.inPlace = new InPlaceReset(bench.clusters());
    this.again = new EngineReset(bench.clusters());
    this.slow =
        List.of(
            new BaseBackup(bench),
            new TemplateCopy("wal_log"),
            new TemplateCopy("file_copy"),
            new DumpAndRestore(bench));
  }

  /// @return the table and what it says about itself
  String run() throws Exception {
    for (var size : options.sizes()) {
      bench.source(size);
    }
    for (int done = 0; done < options.runs(); done += PAIRS_IN_A_ROUND) {
      for (var size : options.sizes()) {
        pairs(bench.source(size), Math.min(PAIRS_IN_A_ROUND, options.runs() - done));
      }
    }
    for (int run = 0; run < options.slowRuns(); run++) {
      for (var size : options.sizes()) {
        copies(bench.source(size));
      }
    }
    return table() + "\n" + remarks();
  }

  private void pairs(Source source, int pairs) throws Exception {
    try (var load = load(source)) {
      settle(source, load);
      ours.copy(source);
      settle(source, load);
      byHand.copy(source);
      byHand.forgetPhases();
      for (int pair = 0; pair < pairs; pair++) {
        settle(source, load);
        measure(ours, source);
        settle(source, load);
        measure(byHand, source);
        inPlace.prepare(source);
        settle(source, load);
        measure(inPlace, source);
        again.prepare(source);
        settle(source, load);
        measure(again, source);
      }
      achieved.computeIfAbsent(source.size(), _ -> new ArrayList<>()).add(load.achieved());
    }
    phases.computeIfAbsent(source.size(), _ -> new ArrayList<>()).addAll(byHand.phases());
  }

  private void copies(Source source) throws Exception {
    for (var method : slow) {
      if (method.pausesLoad()) {
        measure(method, source);
      } else {
        try (var load = load(source)) {
          settle(source, load);
          measure(method, source);
        }
      }
    }
  }

  private void measure(CopyMethod method, Source source) throws Exception {
    var elapsed = method.copy(source);
    Progress.say(
        "%s, %s: %s".formatted(source.size(), method.title(), new Timings(List.of(elapsed))));
    measured
        .computeIfAbsent(method, _ -> new HashMap<>())
        .computeIfAbsent(source.size(), _ -> new ArrayList<>())
        .add(elapsed);
  }

  private WriteLoad load(Source source) throws Exception {
    return WriteLoad.start(
        bench.programs(),
        source.database(),
        source.server(),
        options.tps(),
        bench.work().resolve("pgbench.log"));
  }

  /// Nothing of the copy before is being removed any more, and the load has something to flush: as
  /// much each time, whether or not the copy before made the source write a checkpoint.
  private void settle(Source source, WriteLoad load) throws Exception {
    bench.awaitRemovals();
    source.server().execute("CHECKPOINT");
    load.awaitTransactions((long) SECONDS_OF_LOAD * options.tps());
  }

  private String table() {
    var first = options.sizes().getFirst();
    var last = options.sizes().getLast();
    var header = new ArrayList<>(List.of("To the first answered query"));
    options.sizes().forEach(size -> header.add(size.toString()));
    if (!first.equals(last)) {
      header.add("%s ÷ %s".formatted(last, first));
    }
    var table = new MarkdownTable(header);
    row(table, ours.title(), size -> timings(ours, size));
    row(table, byHand.title(), size -> timings(byHand, size));
    ratio(table, "Ours ÷ by hand", ours, byHand);
    row(table, inPlace.title(), size -> timings(inPlace, size));
    ratio(table, "Reset in place ÷ clone", inPlace, ours);
    row(table, again.title(), size -> timings(again, size));
    ratio(table, "Deleted and cloned again ÷ clone", again, ours);
    row(table, "by hand: checkpoint", phase(HandClone.Phases::checkpoint));
    row(table, "by hand: snapshot", phase(HandClone.Phases::snapshot));
    row(table, "by hand: start and first query", phase(HandClone.Phases::start));
    for (var method : slow) {
      if (measured.containsKey(method)) {
        row(table, method.title(), size -> timings(method, size));
      }
    }
    return table.toString();
  }

  private void ratio(MarkdownTable table, String title, CopyMethod of, CopyMethod to) {
    Function<DataSize, String> ratio =
        size -> Timings.ratio(timings(of, size).ratioTo(timings(to, size)));
    table.row("**" + title + "**", cells(ratio.andThen(text -> "**" + text + "**"), ""));
  }

  private void row(MarkdownTable table, String title, Function<DataSize, Timings> timings) {
    var growth =
        timings.apply(options.sizes().getLast()).ratioTo(timings.apply(options.sizes().getFirst()));
    table.row(title, cells(size -> timings.apply(size).toString(), Timings.ratio(growth)));
  }

  private List<String> cells(Function<DataSize, String> cell, String growth) {
    var cells = new ArrayList<String>();
    options.sizes().forEach(size -> cells.add(cell.apply(size)));
    if (options.sizes().size() > 1) {
      cells.add(growth);
    }
    return cells;
  }

  private Timings timings(CopyMethod method, DataSize size) {
    return new Timings(measured.get(method).get(size));
  }

  private Function<DataSize, Timings> phase(Function<HandClone.Phases, Duration> part) {
    return size -> new Timings(phases.get(size).stream().map(part).toList());
  }

  private String remarks() throws Exception {
    return """
    Medians (shortest–longest) of %d alternating pairs%s. \
    Load: pgbench, TPC-B-like, 2 clients, %d transactions/s asked for, achieved: %s.
    """
        .formatted(options.runs(), slowRuns(), options.tps(), achievedBySize());
  }

  private String slowRuns() {
    return options.slowRuns() == 0
        ? ""
        : ", of %d for the ways that copy all data".formatted(options.slowRuns());
  }

  private String achievedBySize() {
    var parts = new ArrayList<String>();
    for (var size : options.sizes()) {
      double mean =
          achieved.get(size).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
      parts.add(String.format(Locale.ROOT, "%.0f/s at %s", mean, size));
    }
    return String.join(", ", parts);
  }
}
