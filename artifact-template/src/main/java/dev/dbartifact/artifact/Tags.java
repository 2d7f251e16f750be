package dev.dbartifact.artifact;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Tags of an RDS resource, in the order of their keys: at most 50, keys of 1 to 128 and values of
/// 0 to 256 letters, digits, spaces and `_.:/=+-@` ("Tagging Amazon RDS resources"). The prefixes
/// `aws:` and `rds:` are Amazon's own, so such tags of a source are never carried over.
public record Tags(SortedMap<String, String> values) {
  /// How many RDS takes of one resource.
  public static final int MOST = 50;

  private static final Pattern KEY = Pattern.compile("(?U)[\\w\\s.:/=+\\-@]{1,128}");
  private static final Pattern VALUE = Pattern.compile("(?U)[\\w\\s.:/=+\\-@]{0,256}");

  public Tags {
    values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    Checks.within(0, values.size(), MOST, "the number of tags");
    values.forEach(Tags::check);
  }

  public static Tags of(Map<String, String> values) {
    return new Tags(new TreeMap<>(values));
  }

  public static Tags none() {
    return of(Map.of());
  }

  private static void check(String key, String value) {
    Checks.matching(KEY, key, "a tag key", "1 to 128 letters, digits, spaces or _.:/=+-@");
    Checks.matching(VALUE, value, "a tag value", "at most 256 letters, digits, spaces or _.:/=+-@");
    if (isReserved(key)) {
      throw new IllegalArgumentException(
          "'" + key + "' is not a tag key: the prefixes aws: and rds: are reserved");
    }
  }

  /// Whether a key is Amazon's own and cannot be set by anybody else.
  public static boolean isReserved(String key) {
    return key.startsWith("aws:") || key.startsWith("rds:");
  }

  /// These tags, with `others` in place of those of the same key.
  public Tags with(Tags others) {
    var merged = new TreeMap<>(values);
    merged.putAll(others.values);
    return new Tags(merged);
  }
}
