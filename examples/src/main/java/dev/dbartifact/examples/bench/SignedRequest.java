package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/// One request of the SDK, signed, to be sent again and again without the SDK's own work.
/// Signatures are good for five minutes.
final class SignedRequest implements ExecutionInterceptor {
  private final AtomicReference<HttpRequest> caught = new AtomicReference<>();

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes unused) {
    // The parameters are moved into the body of this one late; the context's body is that of
    // before.
    var request = (SdkHttpFullRequest) context.httpRequest();
    var body = request.contentStreamProvider().map(SignedRequest::bytes).orElse(new byte[0]);
    caught.set(copy(request, body));
  }

  private static byte[] bytes(ContentStreamProvider content) {
    try (var stream = content.newStream()) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpRequest copy(SdkHttpRequest request, byte[] body) {
    var copy =
        HttpRequest.newBuilder(URI.create(request.getUri().toString()))
            .method(request.method().name(), HttpRequest.BodyPublishers.ofByteArray(body));
    request
        .headers()
        .forEach((name, values) -> {
          // The client sets these itself, to the same.
          if (!name.equalsIgnoreCase("host")
              && !name.equalsIgnoreCase("content-length")
              && !name.equalsIgnoreCase("expect")) {
            values.forEach(value -> copy.header(name, value));
          }
        });
    return copy.build();
  }

  /// How many answers come in a second, asked over so many connections at a time.
  double answersPerSecond(int connections, Duration time) throws Exception {
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var threads = Executors.newFixedThreadPool(connections)) {
      long end = System.nanoTime() + time.toNanos();
      Callable<Integer> asking =
          () -> {
            int answers = 0;
            while (System.nanoTime() < end) {
              send(client);
              answers++;
            }
            return answers;
          };
      int sum = 0;
      for (var each :
          threads.invokeAll(IntStream.range(0, connections).mapToObj(_ -> asking).toList())) {
        sum += each.get();
      }
      return sum / (time.toNanos() / 1e9);
    }
  }

  private void send(HttpClient client) throws Exception {
    var answer = client.send(caught.get(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("%d instead of 200: %s".formatted(answer.statusCode(), answer.body()));
    }
  }
}
