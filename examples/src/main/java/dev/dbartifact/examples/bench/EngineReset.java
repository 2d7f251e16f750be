package dev.dbartifact.examples.bench;

import java.time.Duration;

/// A clone that has served its purpose is deleted and made again under the same name:
/// DeleteDBInstance, DeleteDBCluster, and when both are gone the calls of [EngineClone].
record EngineReset(Clusters clusters) implements CopyMethod {
  private static final String ID = "bench-reset";

  @Override
  public String title() {
    return "A clone deleted, and cloned again under its name, from the request to delete it on";
  }

  /// Makes the clone that is to be reset.
  void prepare(Source source) throws Exception {
    clusters.copy(source.id(), ID).awaitAnswer(Source.FIRST_QUERY);
  }

  @Override
  public Duration copy(Source source) throws Exception {
    long begin = System.nanoTime();
    clusters.delete(ID);
    clusters.copy(source.id(), ID).awaitAnswer(Source.FIRST_QUERY);
    var elapsed = Command.since(begin);
    clusters.delete(ID);
    return elapsed;
  }
}
