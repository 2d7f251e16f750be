package dev.dbartifact.examples.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.rds.RdsClient;

/// The engine itself: its start, its memory, its answers, beside another RDS emulator where one is
/// installed.
final class EngineBench {
  private static final int CLUSTERS = 200;
  private static final int CONNECTIONS = 4;
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final Duration ASKING = Duration.ofSeconds(8);

  /// Nothing is asked for so long before an idle process is measured.
  private static final Duration REST = Duration.ofSeconds(15);

  private final Workbench bench;
  private final BenchOptions options;

  EngineBench(Workbench bench, BenchOptions options) {
    this.bench = bench;
    this.options = options;
  }

  String run() throws Exception {
    var table =
        new MarkdownTable(
            List.of(
                "RDS emulator",
                "start to first answer",
                "memory then",
                "DescribeDBClusters of %d clusters, answers/s".formatted(CLUSTERS),
                "memory after a rest"));
    var ours = Emulator.ours(bench);
    try {
      measure(ours, table);
    } finally {
      remove();
    }
    var other = Emulator.moto(bench);
    if (other.isPresent()) {
      measure(other.get(), table);
    }
    return table + "\n" + remarks(other.isPresent());
  }

  private void measure(Emulator emulator, MarkdownTable table) throws Exception {
    var starts = new ArrayList<Duration>();
    var request = new SignedRequest();
    try (var client = emulator.client(request)) {
      start(emulator, client, new ArrayList<>());
      for (int run = 0; run < options.runs(); run++) {
        start(emulator, client, starts);
      }
      var process = emulator.run();
      try {
        emulator.awaitAnswer(client, process);
        var idle = PrivateMemory.of(process.toHandle());
        double answers = ask(client, request);
        Thread.sleep(REST);
        table.row(
            emulator.title(),
            List.of(
                new Timings(starts).toString(),
                idle.toString(),
                String.format(Locale.ROOT, "%.0f", answers),
                PrivateMemory.of(process.toHandle()).toString()));
      } finally {
        Emulator.end(process);
      }
    }
  }

  private static void start(Emulator emulator, RdsClient client, List<Duration> times)
      throws Exception {
    long begin = System.nanoTime();
    var process = emulator.run();
    try {
      emulator.awaitAnswer(client, process);
      times.add(Command.since(begin));
    } finally {
      Emulator.end(process);
    }
  }

  private double ask(RdsClient client, SignedRequest request) throws Exception {
    Progress.say("Making %d clusters".formatted(CLUSTERS));
    for (int number = 0; number < CLUSTERS; number++) {
      var id = "bench-described-" + number;
      client.createDBCluster(wish ->
          wish.dbClusterIdentifier(id)
              .engine("aurora-postgresql")
              .masterUsername("bench")
              .masterUserPassword(Workbench.PASSWORD));
    }
    while (client.describeDBClustersPaginator().dbClusters().stream()
        .anyMatch(cluster -> cluster.status().equals("creating"))) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    client.describeDBClusters();
    request.answersPerSecond(CONNECTIONS, WARM_UP);
    return request.answersPerSecond(CONNECTIONS, ASKING);
  }

  private void remove() throws Exception {
    Command.of(
            bench.checkout().resolve("bin/db-artifact-local").toString(),
            "reset",
            "--yes",
            "--data-dir",
            bench.work().resolve("started").toString())
        .run();
  }

  private String remarks(boolean beside) {
    return """
    Medians (shortest–longest) of %d starts of the command, the first one left out; a connection \
    is tried every 2 ms, and the SDK asks as soon as somebody listens. Memory is what the process \
    has to itself. One signed request, answered with the first page of 100 clusters, is sent over %d connections for %d s; the rest lasts %d s.%s
    """
        .formatted(
            options.runs(),
            CONNECTIONS,
            ASKING.toSeconds(),
            REST.toSeconds(),
            beside ? "" : " No other emulator is installed here (`pip install 'moto[server]'`).");
  }
}
