package dev.dbartifact.examples.bench;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How often each action of the API was called.
record Calls(Map<String, Integer> actions) {
  Calls {
    actions = java.util.Collections.unmodifiableMap(new TreeMap<>(actions));
  }

  int all() {
    return actions.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// Those that may change something: all but `Describe…`, `List…` and `Get…`.
  int mutating() {
    return actions.entrySet().stream()
        .filter(action -> !action.getKey().matches("(Describe|List|Get)[A-Z].*"))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /// Such as `CreateDBInstance, DescribeDBClusters ×3`.
  @Override
  public String toString() {
    return actions.entrySet().stream()
        .map(action -> action.getKey() + (action.getValue() == 1 ? "" : " ×" + action.getValue()))
        .collect(Collectors.joining(", "));
  }

  /// The action that a request of the AWS Query protocol asks for.
  static String action(byte[] body) {
    return Arrays.stream(new String(body, StandardCharsets.UTF_8).split("&"))
        .filter(pair -> pair.startsWith("Action="))
        .map(pair -> URLDecoder.decode(pair.substring("Action=".length()), StandardCharsets.UTF_8))
        .findFirst()
        .orElse("unknown");
  }
}
