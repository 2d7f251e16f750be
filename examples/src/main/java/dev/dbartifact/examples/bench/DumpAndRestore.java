package dev.dbartifact.examples.bench;

import java.time.Duration;

/// A logical copy into an empty cluster that is there already.
record DumpAndRestore(Workbench bench) implements CopyMethod {
  private static final String ID = "bench-restored";

  @Override
  public String title() {
    return "`pg_dump -Fc -Z0 | pg_restore` into a running empty cluster";
  }

  @Override
  public Duration copy(Source source) throws Exception {
    var target = bench.clusters().make(ID, bench.programs().major());
    var pipeline =
        bench
            .programs()
            .client(target, "pg_restore", "--dbname=" + target.name(), "--no-owner")
            .fedBy(bench.programs().client(source.database(), "pg_dump", "-Fc", "-Z0"));
    try {
      long begin = System.nanoTime();
      pipeline.run();
      target.awaitAnswer(Source.FIRST_QUERY);
      return Command.since(begin);
    } finally {
      bench.clusters().delete(ID);
    }
  }
}
