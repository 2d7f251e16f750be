package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A unix socket that waits for its other end no longer than a driver says: a server may live and
/// say nothing. Once a wait has been too long, the socket is closed.
public class TimedUnixSocket extends UnixSocket {
  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("unix socket limits").factory());

  static {
    CLOCK.setRemoveOnCancelPolicy(true);
  }

  /// In milliseconds; 0 for none.
  private volatile int limit;

  private volatile boolean timedOut;

  public TimedUnixSocket(String path) {
    super(path);
  }

  @Override
  public void connect(SocketAddress ignored, int timeout) throws IOException {
    within(
        timeout,
        () -> {
          super.connect(ignored, timeout);
          return 0;
        });
  }

  @Override
  public InputStream getInputStream() {
    var in = super.getInputStream();
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return within(limit, in::read);
      }

      @Override
      public int read(byte[] to, int offset, int length) throws IOException {
        return within(limit, () -> in.read(to, offset, length));
      }

      @Override
      public int available() throws IOException {
        return in.available();
      }

      @Override
      public void close() throws IOException {
        in.close();
      }
    };
  }

  private interface Wait {
    int end() throws IOException;
  }

  private int within(int millis, Wait wait) throws IOException {
    if (millis == 0) {
      return wait.end();
    }
    var overdue = CLOCK.schedule(this::endWait, millis, TimeUnit.MILLISECONDS);
    try {
      return wait.end();
    } catch (IOException e) {
      if (!timedOut) {
        throw e;
      }
      var timeout = new SocketTimeoutException("It has said nothing for %d ms".formatted(millis));
      timeout.initCause(e);
      throw timeout;
    } finally {
      overdue.cancel(false);
    }
  }

  private Void endWait() throws IOException {
    timedOut = true;
    close();
    return null;
  }

  @Override
  public void setSoTimeout(int timeout) {
    limit = timeout;
  }

  @Override
  public int getSoTimeout() {
    return limit;
  }
}
