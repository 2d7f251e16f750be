package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.services.rds.RdsClient;

/// An instance of its own whose history is kept, or not, as its `BackupRetentionPeriod` says.
final class KeptHistory implements AutoCloseable {
  private static final String ID = "bench-history";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Workbench bench;
  private final RdsClient rds;
  private final Source source;

  private KeptHistory(Workbench bench, Source source) {
    this.bench = bench;
    this.rds = bench.clusters().rds();
    this.source = source;
  }

  static KeptHistory of(Workbench bench, DataSize size) throws Exception {
    Progress.say("Making an instance of " + size);
    var rds = bench.clusters().rds();
    rds.createDBInstance(wish ->
        wish.dbInstanceIdentifier(ID)
            .dbInstanceClass("db.t4g.medium")
            .engine("postgres")
            .engineVersion(String.valueOf(bench.programs().major()))
            .allocatedStorage(20)
            .dbName("bench")
            .masterUsername("bench")
            .masterUserPassword(Workbench.PASSWORD)
            .backupRetentionPeriod(0));
    rds.waiter().waitUntilDBInstanceAvailable(wish -> wish.dbInstanceIdentifier(ID));
    var endpoint =
        rds.describeDBInstances(wish -> wish.dbInstanceIdentifier(ID))
            .dbInstances()
            .getFirst()
            .endpoint();
    var database =
        new Database(endpoint.address(), endpoint.port(), "bench", "bench", Workbench.PASSWORD);
    return new KeptHistory(bench, bench.filled(ID, size, database));
  }

  Source source() {
    return source;
  }

  /// Lets it be kept from now on until that time.
  void keepUntil(long end) throws Exception {
    keepFor(1);
    awaitBase();
    SourceBench.awaitTime(end);
    keepFor(0);
  }

  private void keepFor(int days) {
    rds.modifyDBInstance(
        wish -> wish.dbInstanceIdentifier(ID).backupRetentionPeriod(days).applyImmediately(true));
  }

  /// From the first base on there is a history.
  private void awaitBase() throws IOException, InterruptedException {
    var storage = source.server().volume().getFileName().toString().toLowerCase(Locale.ROOT);
    long begin = System.nanoTime();
    while (!hasBase(storage)) {
      if (Command.since(begin).compareTo(PATIENCE) > 0) {
        throw new IOException("The engine keeps no history of " + ID);
      }
      Thread.sleep(LOOK);
    }
  }

  private boolean hasBase(String storage) throws IOException {
    try (var bases = Files.newDirectoryStream(bench.volumes(), "base." + storage + ".*")) {
      return bases.iterator().hasNext();
    }
  }

  @Override
  public void close() {
    rds.deleteDBInstance(wish -> wish.dbInstanceIdentifier(ID).skipFinalSnapshot(true));
  }
}
