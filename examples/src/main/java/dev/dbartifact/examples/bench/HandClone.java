package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What the engine does for a clone, done by hand and with everything prepared: checkpoint,
/// snapshot, `postgres`.
final class HandClone implements CopyMethod {
  private final Workbench bench;
  private final List<Phases> phases = new ArrayList<>();

  HandClone(Workbench bench) {
    this.bench = bench;
  }

  /// Where the time went.
  record Phases(Duration checkpoint, Duration snapshot, Duration start) {
    Duration total() {
      return checkpoint.plus(snapshot).plus(start);
    }
  }

  @Override
  public String title() {
    return "The same by hand: checkpoint, snapshot, `postgres`";
  }

  @Override
  public Duration copy(Source source) throws Exception {
    var volume = bench.besideVolumes("clone");
    var server = HandServer.prepare(source.server(), bench.work().resolve("hand"));
    var process = new Process[1];
    try {
      var measured = measure(source, server, volume, process);
      phases.add(measured);
      return measured.total();
    } finally {
      if (process[0] != null) {
        server.end(process[0]);
      }
      if (Files.exists(volume)) {
        Command.of("btrfs", "subvolume", "delete", volume.toString()).run();
      }
    }
  }

  private static Phases measure(Source source, HandServer server, Path volume, Process[] process)
      throws Exception {
    long begin = System.nanoTime();
    source.server().execute("CHECKPOINT");
    var checkpoint = Command.since(begin);
    Command.of(
            "btrfs",
            "subvolume",
            "snapshot",
            source.server().volume().toString(),
            volume.toString())
        .run();
    var data = volume.resolve(source.server().volume().relativize(source.server().data()));
    forgetServer(data);
    var snapshot = Command.since(begin).minus(checkpoint);
    process[0] = server.start(data);
    server.database(source.database()).awaitAnswer(Source.FIRST_QUERY);
    return new Phases(checkpoint, snapshot, Command.since(begin).minus(checkpoint).minus(snapshot));
  }

  static void forgetServer(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(RunningServer.PID_FILE));
    Files.deleteIfExists(data.resolve("postmaster.opts"));
  }

  /// Forgets the phases of runs that did not count, and begins anew.
  void forgetPhases() {
    phases.clear();
  }

  List<Phases> phases() {
    return List.copyOf(phases);
  }
}
