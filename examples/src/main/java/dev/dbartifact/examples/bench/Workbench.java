package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/// What all measurements stand on: an engine of their own, its pool, the system's PostgreSQL
/// programs, and the sources, each of which is made once.
///
/// @param checkout where `bin` is
/// @param work a folder that is removed in the end
/// @param sources those that were made already
record Workbench(
    Path checkout,
    Path work,
    PostgresPrograms programs,
    Clusters clusters,
    Map<DataSize, Source> sources) {
  /// Of a cluster that exists for a run of the measurements only.
  static final String PASSWORD = "measured-not-guarded";

  /// About what one unit of pgbench's scale takes.
  private static final int MEBIBYTES_PER_SCALE = 15;

  Workbench(Path checkout, Path work, PostgresPrograms programs, Clusters clusters) {
    this(checkout, work, programs, clusters, new HashMap<>());
  }

  Path volumes() {
    return poolRoot().resolve("volumes");
  }

  /// A place on the same file system as the engine's volumes, unknown to the engine.
  Path besideVolumes(String name) throws IOException {
    var ours = poolRoot().resolve("by-hand");
    if (!Files.exists(ours)) {
      Files.createDirectory(ours);
      Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwx--x--x"));
    }
    return ours.resolve(name);
  }

  Path poolRoot() {
    var engine = work.resolve("engine");
    var pool = engine.resolve("pool");
    return Files.isDirectory(pool.resolve("volumes")) ? pool : engine;
  }

  /// Waits until the file system has freed every volume that was deleted. It begins to when it is
  /// told to write everything, else up to half a minute later; and what it has freed can be used,
  /// and is counted as free, once that is written, too.
  void awaitRemovals() throws IOException, InterruptedException {
    Command.of("btrfs", "filesystem", "sync", poolRoot().toString()).run();
    Command.of("btrfs", "subvolume", "sync", poolRoot().toString()).run();
    Command.of("btrfs", "filesystem", "sync", poolRoot().toString()).run();
  }

  Source source(DataSize size) throws Exception {
    if (!sources.containsKey(size)) {
      sources.put(size, make(size));
    }
    return sources.get(size);
  }

  private Source make(DataSize size) throws Exception {
    Progress.say("Making a source of " + size);
    var id = "bench-" + size.word();
    return filled(id, size, clusters.make(id, programs.major()));
  }

  /// Fills a database with the tables of pgbench.
  Source filled(String id, DataSize size, Database database) throws Exception {
    int scale = Math.max(1, Math.round((float) size.mebibytes() / MEBIBYTES_PER_SCALE));
    programs.client(database, "pgbench", "-i", "-q", "-s", String.valueOf(scale)).run();
    var server = RunningServer.find(volumes(), database);
    server.execute("CHECKPOINT");
    return new Source(id, size, database, server);
  }
}
