package dev.dbartifact.localengine.server;

import java.util.Objects;
import java.util.regex.Pattern;

/// The name of a volume: 1-63 characters, lower-case letters, digits and hyphens, letter first;
/// safe as a file name.
public record StorageId(String value) implements Comparable<StorageId> {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,62}");

  public StorageId {
    Objects.requireNonNull(value, "value");
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not a storage id: '" + value + "'");
    }
  }

  @Override
  public int compareTo(StorageId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
