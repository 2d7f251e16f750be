package dev.dbartifact.localengine.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A part of a longer list.
///
/// @param nextToken null on the last page
record SecretPage<T>(List<T> items, String nextToken) {

  private static final int MOST = 100;

  /// The place of the last item shown, and its name.
  private static final Pattern TOKEN = Pattern.compile("last:([0-9]{1,8}):(.+)");

  /// The token names the last item shown, so that nothing is shown twice or left out when others
  /// come and go; where that one has gone, the list goes on at its place.
  ///
  /// @param name that no two items have
  static <T> SecretPage<T> of(
      List<T> all, Function<T, String> name, Integer maxResults, String nextToken) {
    if (maxResults != null && (maxResults < 1 || maxResults > MOST)) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%d' at 'maxResults' failed to satisfy constraint:"
              + " Member must have value between 1 and %d",
          maxResults, MOST);
    }
    var from = nextToken == null ? 0 : start(nextToken, all.stream().map(name).toList());
    var to = Math.min(all.size(), from + (maxResults == null ? MOST : maxResults));
    return new SecretPage<>(
        all.subList(from, to),
        to == all.size() ? null : token(to - 1, name.apply(all.get(to - 1))));
  }

  private static String token(int last, String name) {
    return Base64.getEncoder()
        .encodeToString("last:%d:%s".formatted(last, name).getBytes(StandardCharsets.UTF_8));
  }

  private static int start(String token, List<String> names) {
    var last = TOKEN.matcher(decoded(token));
    if (!last.matches()) {
      throw SecretsFault.INVALID_NEXT_TOKEN.with("Invalid NextToken.");
    }
    var place = names.indexOf(last.group(2));
    return place < 0 ? Math.min(names.size(), Integer.parseInt(last.group(1))) : place + 1;
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SecretsFault.INVALID_NEXT_TOKEN.with("Invalid NextToken: it is no Base64");
    }
  }
}
