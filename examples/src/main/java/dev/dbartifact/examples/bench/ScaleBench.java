package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Many clones at a time: of one source, and each of the one before.
final class ScaleBench {
  /// So many clones at either end of the row are compared.
  private static final int END = 10;

  private final Workbench bench;
  private final BenchOptions options;
  private final MarkdownTable table;

  ScaleBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
    this.table =
        new MarkdownTable(
            List.of(
                options.clones() + " clones",
                "the first " + END,
                "the last " + END,
                "last ÷ first",
                "memory of each",
                "disk of each",
                "deleted in",
                "disk left of each"));
  }

  private record Clone(String id, Database database) {}

  String run() throws Exception {
    var source = bench.source(options.sizes().getFirst());
    for (int warm = 0; warm < 3; warm++) {
      bench.clusters().copy(source.id(), "bench-warm").awaitAnswer(Source.FIRST_QUERY);
      bench.clusters().delete("bench-warm");
    }
    measure("all of one source", source, false);
    measure("each of the one before", source, true);
    return table
        + """

        Medians (shortest–longest) from the request to the first answered query; the source holds \
        %s. Memory is what all processes of a clone's server have to themselves, idle, after every \
        clone answered a query once more; disk is what the file system uses more than before.
        """
            .formatted(source.size());
  }

  private void measure(String title, Source source, boolean chain) throws Exception {
    bench.awaitRemovals();
    long before = usedBytes();
    var times = new ArrayList<Duration>();
    var clones = make(source, chain, times);
    for (var clone : clones) {
      clone.database().ask(Source.FIRST_QUERY);
    }
    var memory = memory(clones);
    bench.awaitRemovals();
    long own = usedBytes() - before;
    long begin = System.nanoTime();
    for (var clone : clones.reversed()) {
      bench.clusters().delete(clone.id());
    }
    var deleted = Command.since(begin);
    bench.awaitRemovals();
    row(title, times, memory, own, deleted, usedBytes() - before);
  }

  private List<Clone> make(Source source, boolean chain, List<Duration> times) throws Exception {
    var clones = new ArrayList<Clone>();
    for (int number = 1; number <= options.clones(); number++) {
      var from = chain && number > 1 ? clones.getLast().id() : source.id();
      var id = "bench-%s-%d".formatted(chain ? "chain" : "many", number);
      long begin = System.nanoTime();
      var database = bench.clusters().copy(from, id);
      database.awaitAnswer(Source.FIRST_QUERY);
      times.add(Command.since(begin));
      clones.add(new Clone(id, database));
    }
    return clones;
  }

  private PrivateMemory memory(List<Clone> clones) throws IOException {
    var sum = new PrivateMemory(0);
    for (var clone : clones) {
      var server = RunningServer.find(bench.volumes(), clone.database());
      sum = sum.plus(PrivateMemory.of(ProcessHandle.of(server.pid()).orElseThrow()));
    }
    return sum;
  }

  private long usedBytes() throws IOException {
    var store = Files.getFileStore(bench.volumes());
    return store.getTotalSpace() - store.getUnallocatedSpace();
  }

  private void row(
      String title,
      List<Duration> times,
      PrivateMemory memory,
      long own,
      Duration deleted,
      long left) {
    int end = Math.min(END, times.size());
    var first = new Timings(times.subList(0, end));
    var last = new Timings(times.subList(times.size() - end, times.size()));
    int clones = times.size();
    table.row(
        title,
        List.of(
            first.toString(),
            last.toString(),
            "**" + Timings.ratio(last.ratioTo(first)) + "**",
            new PrivateMemory(memory.kibibytes() / clones).toString(),
            megabytes(own / clones),
            new Timings(List.of(deleted)).toString(),
            megabytes(left / clones)));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f MB", bytes / 1e6);
  }
}
