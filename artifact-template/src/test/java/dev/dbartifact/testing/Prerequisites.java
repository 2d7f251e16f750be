package dev.dbartifact.testing;

import org.junit.jupiter.api.Assumptions;

/// What a test needs of the machine. Where it is missing the test says so and is left out; where
/// `CI=true`, every test must run, and it fails.
public final class Prerequisites {
  private Prerequisites() {}

  /// @param otherwise what is missing, and what to do about it
  public static void require(boolean there, String otherwise) {
    require(there, otherwise, "true".equals(System.getenv("CI")));
  }

  static void require(boolean there, String otherwise, boolean strict) {
    if (!there && strict) {
      throw new AssertionError("With CI=true every test must run, but: " + otherwise);
    }
    Assumptions.assumeTrue(there, otherwise);
  }

  /// Only root can mount.
  public static void root(String what) {
    require(
        "root".equals(System.getProperty("user.name")), "Only root can " + what + "; run as root.");
  }
}
