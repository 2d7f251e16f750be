package dev.dbartifact.localengine.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Caller;
import dev.dbartifact.localengine.wire.DroppedConnection;
import dev.dbartifact.localengine.wire.Interference;
import dev.dbartifact.localengine.wire.ProtocolFault;
import dev.dbartifact.localengine.wire.Service;
import java.io.IOException;
import java.io.InputStream;
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

  private static final int BACKLOG = 128;
  private static final String LONGEST_REQUEST_SECONDS = "30";

  /// What is read of a body that is too large, in bytes, before it is refused.
  private static final int MOST_DRAINED = 1 << 26;

  private final List<Service> services;
  private final Interference interference;
  private final Keyring keys;
  private final SigningRegion region;
  private final SignatureV4 signatures;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HttpEndpoint(
      List<Service> services,
      Interference interference,
      Keyring keys,
      SigningRegion region,
      Clock clock,
      HttpServer server) {
    this.interference = interference;
    this.services = services;
    this.keys = keys;
    this.region = region;
    this.signatures = new SignatureV4(clock);
    this.server = server;
  }

  /// Starts to answer.
  ///
  /// @param port 0 for any free one
  /// @param region that requests must be signed for
  /// @param services the first one words the refusal of requests that name no service
  /// @param interference comes between the requests and the actions
  public static HttpEndpoint open(
      int port,
      Keyring keys,
      String region,
      Clock clock,
      List<Service> services,
      Interference interference)
      throws IOException {
    // Without it each answer on a kept connection waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // A request that is not there by then was sent by a client that died, or means harm.
    var properties = System.getProperties();
    properties.putIfAbsent("sun.net.httpserver.maxReqTime", LONGEST_REQUEST_SECONDS);
    properties.putIfAbsent("sun.net.httpserver.maxReqHeaders", "100");
    var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
    var server = HttpServer.create(address, BACKLOG);
    var endpoint =
        new HttpEndpoint(
            List.copyOf(services), interference, keys, new SigningRegion(region), clock, server);
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
    } catch (DroppedConnection e) {
      // An exchange that is closed without an answer closes its connection.
      LOG.debug("A connection was dropped", e);
    } catch (RuntimeException e) {
      LOG.error("A request failed before it reached its service", e);
    }
  }

  private Answer answerTo(HttpExchange exchange) throws IOException {
    var head = call(exchange, new byte[0]);
    var service = recognised(head);
    try {
      var request = call(exchange, body(exchange, mostBytes(head)));
      var authorization = Authorization.of(request);
      service = service(authorization.service());
      return answerTo(request, authorization, service);
    } catch (AwsServiceException fault) {
      return service.refuse(fault);
    }
  }

  private Answer answerTo(Call request, Authorization authorization, Service service) {
    var credential = keys.find(authorization.keyId(), authorization.token());
    region.require(authorization);
    signatures.verify(request, authorization, credential.key());
    return ScopedValue.where(Caller.CURRENT, credential.caller())
        .where(Interference.CURRENT, interference)
        .call(() -> service.answer(request));
  }

  /// What the service that the signature names reads at most.
  private int mostBytes(Call head) {
    var scope = head.header("authorization").orElse("");
    return services.stream()
        .filter(service -> scope.contains("/" + service.name() + "/aws4_request"))
        .findFirst()
        .orElse(services.getFirst())
        .mostBytes();
  }

  private static byte[] body(HttpExchange exchange, int most) throws IOException {
    var body = exchange.getRequestBody().readNBytes(most + 1);
    if (body.length > most) {
      drain(exchange.getRequestBody());
      throw ProtocolFault.REQUEST_ENTITY_TOO_LARGE.with(
          "The request is larger than " + most + " bytes");
    }
    return body;
  }

  /// A connection that is closed while the client still sends is reset, and the answer may be lost.
  private static void drain(InputStream rest) throws IOException {
    var buffer = new byte[1 << 13];
    for (var left = MOST_DRAINED; left > 0; ) {
      var read = rest.read(buffer);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  private static Call call(HttpExchange exchange, byte[] body) {
    return new Call(
        exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders(), body);
  }

  private Service recognised(Call call) {
    return services.stream()
        .filter(service -> service.recognises(call))
        .findFirst()
        .orElse(services.getFirst());
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
    answer.headers().forEach(exchange.getResponseHeaders()::set);
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
