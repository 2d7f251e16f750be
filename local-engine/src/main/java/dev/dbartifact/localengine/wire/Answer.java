package dev.dbartifact.localengine.wire;

import java.util.Map;

/// What goes back to the client.
///
/// @param status the HTTP status
/// @param headers besides the content type and the request's id
public record Answer(
    int status, String contentType, String requestId, Map<String, String> headers, String body) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  public Answer(int status, String contentType, String requestId, String body) {
    this(status, contentType, requestId, Map.of(), body);
  }
}
