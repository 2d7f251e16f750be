package dev.dbartifact.examples.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// Stands between a client and the engine, passes every request on as it is, and counts the
/// actions. The signature stays right because the header Host is passed on too; the JVM allows that
/// with `-Djdk.httpclient.allowRestrictedHeaders=host`.
final class CallCounter implements AutoCloseable {
  /// Set by the HTTP client itself.
  private static final List<String> NOT_PASSED_ON =
      List.of("connection", "content-length", "expect", "transfer-encoding", "upgrade");

  private final URI engine;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Integer> actions = new TreeMap<>();

  private CallCounter(URI engine, HttpServer server) {
    this.engine = engine;
    this.server = server;
  }

  static CallCounter open(URI engine) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0);
    var counter = new CallCounter(engine, HttpServer.create(address, 128));
    counter.server.setExecutor(counter.threads);
    counter.server.createContext("/", counter::passOn);
    counter.server.start();
    return counter;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// What was called since the last time that this was asked.
  synchronized Calls take() {
    var calls = new Calls(actions);
    actions.clear();
    return calls;
  }

  private synchronized void count(String action) {
    actions.merge(action, 1, Integer::sum);
  }

  private void passOn(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = exchange.getRequestBody().readAllBytes();
      count(Calls.action(body));
      var answer = client.send(request(exchange, body), HttpResponse.BodyHandlers.ofByteArray());
      answer
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while a request was passed on", e);
    }
  }

  private HttpRequest request(HttpExchange exchange, byte[] body) {
    var request =
        HttpRequest.newBuilder(engine.resolve(exchange.getRequestURI()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> {
          if (!NOT_PASSED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return request.build();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
    client.close();
  }
}
