package dev.dbartifact.localengine.http;

import com.sun.net.httpserver.HttpExchange;
import dev.dbartifact.localengine.wire.ProtocolFault;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The body of one request, which may be slow, broken or endless. It is read on a thread of its
/// own, so that an answer can be given while it does not come.
final class RequestBody implements AutoCloseable {

  private static final byte[] NONE = new byte[0];

  /// What is read, in bytes, of a body that was refused.
  private static final int MOST_DRAINED = 1 << 26;

  private final HttpExchange exchange;
  private final Duration limit;
  private FutureTask<byte[]> reading;
  private Thread reader;
  private boolean whole;

  /// @param limit how long all of it may take
  RequestBody(HttpExchange exchange, Duration limit) {
    this.exchange = exchange;
    this.limit = limit;
  }

  /// All of it, or the fault that says why not.
  ///
  /// @param most how many bytes it may have
  byte[] read(int most) throws InterruptedException {
    var headers = exchange.getRequestHeaders();
    var length = headers.getFirst("Content-Length");
    if (length == null && !headers.containsKey("Transfer-Encoding")) {
      whole = true;
      return NONE;
    }
    // The server has seen that it is a number.
    if (length != null && Long.parseLong(length.strip()) > most) {
      throw tooLarge(most);
    }
    var body = inTime(() -> exchange.getRequestBody().readNBytes(most + 1));
    if (body.length > most) {
      throw tooLarge(most);
    }
    whole = true;
    return body;
  }

  private byte[] inTime(Callable<byte[]> whole) throws InterruptedException {
    reading = new FutureTask<>(whole);
    reader = Thread.startVirtualThread(reading);
    try {
      return reading.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw ProtocolFault.REQUEST_TIMEOUT.with(
          "The body of the request was not there after %d ms".formatted(limit.toMillis()));
    } catch (ExecutionException e) {
      throw broken(e.getCause());
    }
  }

  private static RuntimeException broken(Throwable cause) {
    return cause instanceof IOException
        ? ProtocolFault.MALFORMED_QUERY_STRING.with(
            "The body of the request breaks off, or its chunks are malformed")
        : new IllegalStateException("Could not read the body of a request", cause);
  }

  private static RuntimeException tooLarge(int most) {
    return ProtocolFault.REQUEST_ENTITY_TOO_LARGE.with(
        "The request is larger than " + most + " bytes");
  }

  /// Whether the connection can serve another request.
  boolean isWhole() {
    return whole;
  }

  /// Ends the reading after the answer. A connection that is closed while the client still sends is
  /// reset, and the answer may be lost: so for a while what comes is read.
  @Override
  public void close() {
    if (whole) {
      return;
    }
    try {
      // A thread whose task is done may still be alive.
      if (reading == null || reading.isDone()) {
        reader = Thread.startVirtualThread(() -> drain(exchange.getRequestBody()));
        reader.join(limit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      // Which closes the connection if it still waits.
      reader.interrupt();
    }
  }

  private static void drain(InputStream rest) {
    try {
      var buffer = new byte[1 << 13];
      for (var left = MOST_DRAINED; left > 0; ) {
        var read = rest.read(buffer);
        if (read < 0) {
          return;
        }
        left -= read;
      }
    } catch (IOException e) {
      // The client has gone, or what it sends is no body: there is nothing more to wait for.
      return;
    }
  }
}
