package dev.dbartifact.localengine.iam;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;

/// One page of a listing.
///
/// @param marker where the next page begins, null on the last one
record IamPage<T>(List<T> items, String marker) {

  private static final int MOST = 1000;
  private static final int USUAL = 100;

  /// Cuts the page out of a listing that is sorted by `name`.
  static <T> IamPage<T> of(
      List<T> sorted, Function<T, String> name, String marker, Integer maxItems) {
    var size = maxItems == null ? USUAL : maxItems;
    if (size < 1 || size > MOST) {
      throw IamFault.VALIDATION_ERROR.with(
          "1 validation error detected: Value '%d' at 'maxItems' failed to satisfy constraint:"
              + " Member must have value between 1 and %d",
          size, MOST);
    }
    var after = marker == null ? "" : decoded(marker);
    var rest = sorted.stream().filter(each -> name.apply(each).compareTo(after) > 0).toList();
    var shown = rest.stream().limit(size).toList();
    return new IamPage<>(shown, rest.size() > size ? encoded(name.apply(shown.getLast())) : null);
  }

  boolean isTruncated() {
    return marker != null;
  }

  private static String encoded(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw IamFault.VALIDATION_ERROR.with("Invalid Marker: %s", marker);
    }
  }
}
