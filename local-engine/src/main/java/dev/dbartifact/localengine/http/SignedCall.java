package dev.dbartifact.localengine.http;

import dev.dbartifact.localengine.wire.Call;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A request of the engine's own command line to the engine.
public final class SignedCall {

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private SignedCall() {}

  /// What was answered.
  ///
  /// @param status of HTTP
  public record Reply(int status, String body) {}

  /// The body of a 200 answer to a GET.
  ///
  /// @param patience how long the answer may take
  /// @throws IOException also for every other answer
  public static String get(
      URI endpoint, String path, String region, String service, AccessKey key, Duration patience)
      throws IOException {
    var call = call("GET", endpoint.resolve(path), new byte[0]);
    var reply = send(call, region, service, key, patience);
    if (reply.status() != HttpURLConnection.HTTP_OK) {
      throw new IOException(endpoint + " answered " + reply.status());
    }
    return reply.body();
  }

  /// Any answer to a POST.
  ///
  /// @param patience how long it may take
  public static Reply post(
      URI address, String body, String region, String service, AccessKey key, Duration patience)
      throws IOException {
    var call = call("POST", address, body.getBytes(StandardCharsets.UTF_8));
    return send(call, region, service, key, patience);
  }

  private static Call call(String method, URI address, byte[] body) {
    var time = SignatureV4.time(Clock.systemUTC().instant());
    var headers = Map.of("host", List.of(address.getAuthority()), "x-amz-date", List.of(time));
    return new Call(method, address, headers, body);
  }

  private static Reply send(
      Call call, String region, String service, AccessKey key, Duration patience)
      throws IOException {
    var connection = (HttpURLConnection) call.uri().toURL().openConnection(Proxy.NO_PROXY);
    connection.setRequestMethod(call.method());
    connection.setConnectTimeout(Math.toIntExact(CONNECTING.toMillis()));
    connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
    connection.setRequestProperty("X-Amz-Date", call.header("x-amz-date").orElseThrow());
    connection.setRequestProperty(
        "Authorization", SignatureV4.sign(call, region, service, key).header());
    try {
      if (call.body().length > 0) {
        // A length that is known keeps the client from sending it twice, should there be no answer.
        connection.setFixedLengthStreamingMode(call.body().length);
        connection.setDoOutput(true);
        connection.getOutputStream().write(call.body());
      }
      return reply(connection);
    } finally {
      connection.disconnect();
    }
  }

  private static Reply reply(HttpURLConnection connection) throws IOException {
    var status = connection.getResponseCode();
    try (var body =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      var text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
      return new Reply(status, text);
    }
  }
}
