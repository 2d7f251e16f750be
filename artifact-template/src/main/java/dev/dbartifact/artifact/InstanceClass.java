package dev.dbartifact.artifact;

import java.util.regex.Pattern;

/// The hardware of an instance, such as `db.r6g.large`; `db.serverless` takes its size from the
/// [ServerlessRange]. See "Aurora DB instance classes" in the Aurora user guide.
public record InstanceClass(String value) {
  private static final Pattern FORM = Pattern.compile("db\\.[a-z0-9-]+(\\.[a-z0-9]+)?");

  public InstanceClass {
    Checks.matching(
        FORM, value, "an instance class", "such as db.r6g.large, db.t4g.medium or db.serverless");
  }

  /// Whether its instances take their size from a [ServerlessRange].
  public boolean isServerless() {
    return value.equals("db.serverless");
  }

  @Override
  public String toString() {
    return value;
  }
}
