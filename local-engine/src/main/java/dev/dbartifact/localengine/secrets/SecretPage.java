package dev.dbartifact.localengine.secrets;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// A part of a longer list.
///
/// @param nextToken null on the last page
record SecretPage<T>(List<T> items, String nextToken) {

  private static final int MOST = 100;

  static <T> SecretPage<T> of(List<T> all, Integer maxResults, String nextToken) {
    if (maxResults != null && (maxResults < 1 || maxResults > MOST)) {
      throw SecretsFault.VALIDATION.with(
          "1 validation error detected: Value '%d' at 'maxResults' failed to satisfy constraint:"
              + " Member must have value between 1 and %d",
          maxResults, MOST);
    }
    var from = nextToken == null ? 0 : start(nextToken, all.size());
    var to = Math.min(all.size(), from + (maxResults == null ? MOST : maxResults));
    return new SecretPage<>(all.subList(from, to), to == all.size() ? null : token(to));
  }

  private static String token(int start) {
    return Base64.getEncoder()
        .encodeToString(("start:" + start).getBytes(StandardCharsets.US_ASCII));
  }

  private static int start(String token, int size) {
    try {
      var text = new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII);
      if (text.matches("start:[0-9]{1,8}")) {
        return Math.min(size, Integer.parseInt(text.substring(6)));
      }
    } catch (IllegalArgumentException e) {
      throw SecretsFault.INVALID_NEXT_TOKEN.with("Invalid NextToken: it is no Base64");
    }
    throw SecretsFault.INVALID_NEXT_TOKEN.with("Invalid NextToken.");
  }
}
