package dev.dbartifact.examples.bench;

import java.time.Duration;

/// A second database in the same server, with the source's as its template.
///
/// @param strategy `wal_log`, PostgreSQL's default, or `file_copy`
record TemplateCopy(String strategy) implements CopyMethod {
  private static final String COPY = "bench_copy";

  @Override
  public String title() {
    return "`CREATE DATABASE … TEMPLATE … STRATEGY " + strategy + "`, load paused";
  }

  /// A template must have no sessions.
  @Override
  public boolean pausesLoad() {
    return true;
  }

  @Override
  public Duration copy(Source source) throws Exception {
    var original = source.database();
    long begin = System.nanoTime();
    try {
      source
          .server()
          .execute(
              "CREATE DATABASE %s TEMPLATE %s OWNER %s STRATEGY %s"
                  .formatted(COPY, original.name(), original.user(), strategy));
      original.named(COPY).awaitAnswer(Source.FIRST_QUERY);
      return Command.since(begin);
    } finally {
      source.server().execute("DROP DATABASE IF EXISTS " + COPY);
    }
  }
}
