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
public final class SignedGet {

  private static final Duration CONNECTING = Duration.ofSeconds(10);

  private SignedGet() {}

  /// The body of a 200 answer.
  ///
  /// @param patience how long the answer may take
  /// @throws IOException also for every other answer
  public static String fetch(
      URI endpoint, String path, String region, String service, AccessKey key, Duration patience)
      throws IOException {
    var time = SignatureV4.time(Clock.systemUTC().instant());
    var headers = Map.of("host", List.of(endpoint.getAuthority()), "x-amz-date", List.of(time));
    var call = new Call("GET", endpoint.resolve(path), headers, new byte[0]);
    var signed = SignatureV4.sign(call, region, service, key);
    var connection = (HttpURLConnection) call.uri().toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(Math.toIntExact(CONNECTING.toMillis()));
    connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
    connection.setRequestProperty("X-Amz-Date", time);
    connection.setRequestProperty("Authorization", signed.header());
    try {
      if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(endpoint + " answered " + connection.getResponseCode());
      }
      return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      connection.disconnect();
    }
  }
}
