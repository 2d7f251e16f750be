package dev.dbartifact.localengine.rds.request;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// One page of a listing.
///
/// @param marker where the next page begins, null on the last one
public record Page<T>(List<T> items, String marker) {

  private static final int LEAST = 20;
  private static final int MOST = 100;

  /// What the markers of listings begin with: any other text that can be decoded is none.
  private static final String OWN = "after:";

  /// Cuts the page out of a listing that is sorted by `name`. The marker names the last item shown,
  /// so that nothing is shown twice or left out when others come and go.
  public static <T> Page<T> of(
      List<T> sorted, Function<T, String> name, String marker, Integer maxRecords) {
    return cut(sorted, name, marker, size(maxRecords, MOST));
  }

  private static int size(Integer maxRecords, int most) {
    var size = maxRecords == null ? MOST : maxRecords;
    if (size < LEAST || size > most) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with(
          "Invalid value %d for MaxRecords. Must be between %d and %d", size, LEAST, most);
    }
    return size;
  }

  /// The same for an action whose pages may have any size.
  public static <T> Page<T> cut(List<T> sorted, Function<T, String> name, String marker, int size) {
    var after = marker == null || marker.isEmpty() ? "" : decode(marker);
    var rest = sorted.stream().filter(item -> name.apply(item).compareTo(after) > 0).toList();
    if (rest.size() <= size) {
      return new Page<>(rest, null);
    }
    var shown = rest.subList(0, size);
    return new Page<>(shown, encode(name.apply(shown.getLast())));
  }

  /// The same for a listing whose items have no names, and that stays as it is while the engine
  /// runs: the marker counts those shown.
  public static <T> Page<T> numbered(List<T> sorted, String marker, Integer maxRecords) {
    return numbered(sorted, marker, maxRecords, MOST);
  }

  /// @param most how many items a page can have
  public static <T> Page<T> numbered(List<T> sorted, String marker, Integer maxRecords, int most) {
    var names = new java.util.IdentityHashMap<T, String>();
    for (var index = 0; index < sorted.size(); index++) {
      names.put(sorted.get(index), "%09d".formatted(index));
    }
    return cut(sorted, names::get, marker, size(maxRecords, most));
  }

  private static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString((OWN + name).getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String marker) {
    var text = text(marker);
    if (!text.startsWith(OWN)) {
      throw RdsFault.INVALID_PARAMETER_VALUE.with("The parameter Marker is not valid: %s", marker);
    }
    return text.substring(OWN.length());
  }

  /// Empty for what is no encoding.
  private static String text(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
