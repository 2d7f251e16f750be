package dev.dbartifact.localengine.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.dbartifact.localengine.program.StopLimit;
import dev.dbartifact.localengine.wire.Answer;
import dev.dbartifact.localengine.wire.Call;
import dev.dbartifact.localengine.wire.Caller;
import dev.dbartifact.localengine.wire.DroppedConnection;
import dev.dbartifact.localengine.wire.Interference;
import dev.dbartifact.localengine.wire.ProtocolFault;
import dev.dbartifact.localengine.wire.Service;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/// The one port that clients talk to. Which service is meant stands in the scope of the request's
/// signature.
public final class HttpEndpoint implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

  private static final int BACKLOG = 128;

  /// See [HttpExchange#sendResponseHeaders].
  private static final int NO_BODY = -1;

  private final Listening listening;
  private final List<Service> services;
  private final Interference interference;
  private final Keyring keys;
  private final SigningRegion region;
  private final SignatureV4 signatures;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicBoolean refusing = new AtomicBoolean();

  private HttpEndpoint(
      Listening listening,
      List<Service> services,
      Interference interference,
      Keyring keys,
      SigningRegion region,
      Clock clock,
      HttpServer server) {
    this.listening = listening;
    this.interference = interference;
    this.services = services;
    this.keys = keys;
    this.region = region;
    this.signatures = new SignatureV4(clock);
    this.server = server;
  }

  /// Starts to answer.
  ///
  /// @param region that requests must be signed for
  /// @param services the first one words the refusal of requests that name no service
  /// @param interference comes between the requests and the actions
  public static HttpEndpoint open(
      Listening listening,
      Keyring keys,
      String region,
      Clock clock,
      List<Service> services,
      Interference interference)
      throws IOException {
    // Without it each answer on a kept connection waits for the client's delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.getProperties().putIfAbsent("sun.net.httpserver.maxReqHeaders", "100");
    var address = new InetSocketAddress(listening.address(), listening.port());
    var server = HttpServer.create(address, BACKLOG);
    var endpoint =
        new HttpEndpoint(
            listening,
            List.copyOf(services),
            interference,
            keys,
            new SigningRegion(region),
            clock,
            server);
    server.setExecutor(new HeadLimit(endpoint.threads, listening.head()));
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  public URI uri() {
    return URI.create(
        "http://%s:%d"
            .formatted(listening.address().getHostAddress(), server.getAddress().getPort()));
  }

  private void answer(HttpExchange exchange) {
    HeadLimit.met();
    try (exchange;
        var body = new RequestBody(exchange, listening.body())) {
      send(exchange, answerTo(exchange, body), body.isWhole());
    } catch (IOException e) {
      LOG.debug("A client went away", e);
    } catch (DroppedConnection e) {
      // An exchange that is closed without an answer closes its connection.
      LOG.debug("A connection was dropped", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Every request is answered, whatever a service throws.
  private Answer answerTo(HttpExchange exchange, RequestBody body) throws InterruptedException {
    var requestId = UUID.randomUUID().toString();
    var service = services.getFirst();
    try {
      var head = call(exchange, new byte[0]);
      service = recognised(head);
      var request = call(exchange, body.read(mostBytes(head)));
      var authorization = Authorization.of(request);
      service = service(authorization.service());
      return answerTo(request, authorization, service);
    } catch (AwsServiceException fault) {
      return refusal(service, fault, requestId);
    } catch (DroppedConnection | InterruptedException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      return refusal(service, UnexpectedFailure.log(e, requestId), requestId);
    }
  }

  /// In the words of the service; in those of the first one if that cannot even speak.
  private Answer refusal(Service service, AwsServiceException fault, String requestId) {
    try {
      return service.refuse(fault, requestId);
    } catch (RuntimeException | Error e) {
      return services.getFirst().refuse(UnexpectedFailure.log(e, requestId), requestId);
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

  private static void send(HttpExchange exchange, Answer answer, boolean goesOn)
      throws IOException {
    var body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (!goesOn) {
      exchange.getResponseHeaders().set("Connection", "close");
    }
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.getResponseHeaders().set("x-amzn-RequestId", answer.requestId());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(body.length));
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
    exchange.getResponseBody().flush();
  }

  /// Takes no more requests. Answers that are under way may finish for a moment; then all
  /// connections end. Requests that wait for something go on to, until [#close].
  public void refuse() {
    if (refusing.compareAndSet(false, true)) {
      server.stop((int) StopLimit.ANSWERS.duration().toSeconds());
    }
  }

  /// Ends what is left of requests, within bounds. Nobody waits for an answer any more.
  @Override
  public void close() {
    refuse();
    threads.shutdown();
    try {
      if (!ended(StopLimit.REQUESTS)) {
        threads.shutdownNow();
        if (!ended(StopLimit.INTERRUPTED_REQUESTS)) {
          LOG.warn("Requests are still under way; the engine ends without them");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ended(StopLimit limit) throws InterruptedException {
    return threads.awaitTermination(limit.millis(), TimeUnit.MILLISECONDS);
  }
}
