package dev.dbartifact.localengine.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.ProtocolFault;
import dev.dbartifact.localengine.wire.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The one port that clients talk to, on loopback. Which service is meant stands in the scope of
/// the request's signature.
public final class HttpEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  /// Far above every real request; AWS has limits of the same order.
  private static final int MOST_BYTES = 1 << 20;

  private static final int BACKLOG = 128;

  private final List<Service> services;
  private final SignatureV4 signatures;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpEndpoint(List<Service> services, SignatureV4 signatures, HttpServer server) {
    this.services = services;
    this.signatures = signatures;
    this.server = server;
  }

  /// Starts to answer.
  ///
  /// @param port 0 for any free one
  /// @param services the first one words the refusal of requests that name no service
  public static HttpEndpoint open(int port, AccessKey key, Clock clock, List<Service> services)
      throws IOException {
    // Without it each answer on a kept connection waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    var server = HttpServer.create(address, BACKLOG);
    var endpoint = new HttpEndpoint(List.copyOf(services), new SignatureV4(key, clock), server);
    server.setExecutor(endpoint.threads);
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) {
    try (exchange) {
      send(exchange, answerTo(exchange));
    } catch (IOException e) {
      LOG.debug("A client went away", e);
    } catch (RuntimeException e) {
      LOG.error("A request failed before it reached its service", e);
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException {
    try {
      var request = receive(exchange);
      var authorization =
          Authorization.parse(
              request
                  .header("authorization")
                  .orElseThrow(() ->
                      ProtocolFault.MISSING_AUTHENTICATION_TOKEN.with(
                          "Request is missing Authentication Token")));
      var service = service(authorization.service());
      try {
        signatures.verify(request, authorization);
      } catch (AwsServiceException fault) {
        return service.refuse(fault);
      }
      return service.answer(request);
    } catch (AwsServiceException fault) {
      return services.getFirst().refuse(fault);
    }
  }

  private static Call receive(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(MOST_BYTES + 1);
    if (body.length > MOST_BYTES) {
      throw ProtocolFault.REQUEST_ENTITY_TOO_LARGE.with(
          "The request is larger than " + MOST_BYTES + " bytes");
    }
    return new Call(
        exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
  }

  private Service service(String name) {
    return services.stream()
        .filter(service -> service.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            ProtocolFault.INVALID_ACTION.with(
                "The local engine does not offer the service '" + name + "'"));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("x-amzn-RequestId", answer.requestId());
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  /// Lets answers that are under way finish for a second, then stops.
  @Override
  public void close() {
    server.stop(1);
    threads.close();
  }
}
