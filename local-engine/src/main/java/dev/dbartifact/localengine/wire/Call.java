package dev.dbartifact.localengine.wire;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request as it was received.
///
/// @param headers by lower-case name
public record Call(String method, URI uri, Map<String, List<String>> headers, byte[] body) {

  public Call {
    var lowered = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> lowered.put(name.toLowerCase(Locale.ROOT), values));
    headers = lowered;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).map(values -> String.join(",", values));
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
