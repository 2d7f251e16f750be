package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.Call;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A request to the engine itself, signed.
public final class SignedRequest {

  private SignedRequest() {}

  public static HttpRequest of(String method, URI uri, String body, String service, AccessKey key) {
    var time = SignatureV4.time(Instant.now());
    var headers = Map.of("host", List.of(uri.getAuthority()), "x-amz-date", List.of(time));
    var call = new Call(method, uri, headers, body.getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(uri)
        .method(method, HttpRequest.BodyPublishers.ofString(body))
        .header("X-Amz-Date", time)
        .header("Authorization", SignatureV4.sign(call, "us-west-2", service, key).header())
        .build();
  }
}
