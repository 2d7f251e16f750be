package dev.dbartifact.localengine.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A request as it was received.
///
/// @param headers by lower-case name
record SignedRequest(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

  SignedRequest {
    var lowered = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), values));
    headers = lowered;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
  }

  /// The value in the form that is signed: trimmed, with single spaces.
  String canonicalHeader(String name) {
    return headers.getOrDefault(name, List.of()).stream()
        .map(value -> value.strip().replaceAll(" +", " "))
        .collect(Collectors.joining(","));
  }
}
