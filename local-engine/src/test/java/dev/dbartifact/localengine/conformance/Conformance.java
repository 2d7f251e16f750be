package dev.dbartifact.localengine.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What every endpoint must do that passes for RDS with copy-on-write clones. Any engine can be
/// checked: all it takes is an [Endpoint].
public final class Conformance {

  private Conformance() {}

  private static final List<Check> ALL =
      Stream.of(
              Checks.ALL,
              PlainChecks.ALL,
              PlainCopyChecks.ALL,
              PlainReplicaChecks.ALL,
              PlainUpgradeChecks.ALL)
          .flatMap(List::stream)
          .toList();

  /// One thing to be sure of. Each uses clusters and instances of its own, so they stand in any
  /// order.
  ///
  /// @param name what is true of an endpoint that passes, in a sentence
  record Check(String name, Body body) {}

  @FunctionalInterface
  interface Body {
    /// @param prefix of the names of all that the check makes
    /// @throws AssertionError if it is not so
    void run(Endpoint endpoint, String prefix) throws Exception;
  }

  /// The names of all checks.
  public static List<String> names() {
    return ALL.stream().map(Check::name).toList();
  }

  /// Runs all checks.
  ///
  /// @return what is not as it should be, by the name of the check; empty for one that passes
  public static Map<String, String> failures(Endpoint endpoint) {
    var failures = new LinkedHashMap<String, String>();
    names()
        .forEach(name -> failure(endpoint, name).ifPresent(failure -> failures.put(name, failure)));
    return failures;
  }

  /// Runs one check.
  ///
  /// @return what is not as it should be, empty for an endpoint that passes
  public static Optional<String> failure(Endpoint endpoint, String name) {
    var index = names().indexOf(name);
    try {
      ALL.get(index).body().run(endpoint, "check" + index);
      return Optional.empty();
    } catch (Exception | AssertionError e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
