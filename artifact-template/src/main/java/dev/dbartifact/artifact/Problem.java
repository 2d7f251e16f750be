package dev.dbartifact.artifact;

import java.util.Objects;

/// One thing that is wrong with an input: where it stands, and what is wrong there in words that
/// tell how to mend it.
///
/// @param where a place that a user can go to, such as `artifact-config.ini:12 [target_db]
///   subnet_ids` or `$.target.engine`
/// @param what what was found and what is accepted
public record Problem(String where, String what) {
  public Problem {
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(what, "what");
  }

  @Override
  public String toString() {
    return where + ": " + what;
  }
}
