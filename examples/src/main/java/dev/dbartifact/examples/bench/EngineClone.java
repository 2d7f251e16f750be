package dev.dbartifact.examples.bench;

import java.time.Duration;

/// RestoreDBClusterToPointInTime with CreateDBInstance right behind it.
record EngineClone(Clusters clusters) implements CopyMethod {
  private static final String ID = "bench-clone";

  @Override
  public String title() {
    return "Clone through the local engine, from the request on";
  }

  @Override
  public Duration copy(Source source) throws Exception {
    long begin = System.nanoTime();
    clusters.copy(source.id(), ID).awaitAnswer(Source.FIRST_QUERY);
    var elapsed = Command.since(begin);
    clusters.delete(ID);
    return elapsed;
  }
}
