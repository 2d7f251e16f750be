package dev.dbartifact.examples.bench;

import dev.dbartifact.localengine.StatusService;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.SignedCall;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;

/// A clone that stays where it is gets the data of its source: what `db-artifact-local reset` asks
/// the engine for. The clone answers until its server ends, so its end is waited for in a session
/// that it has, as an application has one, and then an answer without what was changed in it.
/// Logging in again and again to the old server would take the processor from what is measured.
record InPlaceReset(Clusters clusters) implements CopyMethod {
  private static final String ID = "bench-in-place";
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String CHANGE = "CREATE TABLE changed ()";
  private static final String UNCHANGED =
      "SELECT count(abalance) FROM pgbench_accounts WHERE aid = 1 AND to_regclass('changed') IS NULL";

  @Override
  public String title() {
    return "Reset of a clone in place, from the request on";
  }

  /// Makes the clone that is to be reset, and changes it.
  void prepare(Source source) throws Exception {
    var clone = clusters.copy(source.id(), ID);
    clone.awaitAnswer(Source.FIRST_QUERY);
    clone.execute(CHANGE);
    clusters.awaitAvailable(ID);
  }

  @Override
  public Duration copy(Source source) throws Exception {
    var clone = clusters.database(ID);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var session = clone.stay()) {
      long begin = System.nanoTime();
      var reply = threads.submit(InPlaceReset::ask);
      Database.awaitEnd(session);
      clone.awaitAnswer(UNCHANGED, 1);
      var elapsed = Command.since(begin);
      if (reply.get().status() != 200) {
        throw new IOException("The engine answered " + reply.get().body());
      }
      clusters.delete(ID);
      return elapsed;
    }
  }

  private static SignedCall.Reply ask() throws IOException {
    return SignedCall.post(
        URI.create(System.getenv("AWS_ENDPOINT_URL")).resolve(StatusService.RESET),
        "{\"clusters\": [\"" + ID + "\"]}",
        System.getenv("AWS_REGION"),
        StatusService.NAME,
        new AccessKey(System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY")),
        PATIENCE);
  }
}
