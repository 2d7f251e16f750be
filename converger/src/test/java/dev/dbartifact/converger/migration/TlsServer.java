package dev.dbartifact.converger.migration;

import dev.dbartifact.rds.OwnCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The beginning of a PostgreSQL server: agrees to TLS and shows a certificate of `localhost`.
final class TlsServer implements AutoCloseable {
  /// Length and code of an SSLRequest ("Message Formats" of the PostgreSQL manual).
  private static final int SSL_REQUEST_BYTES = 8;

  private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final SSLContext tls = OwnCertificate.tls();

  private TlsServer() throws IOException, GeneralSecurityException {}

  static TlsServer start() throws IOException, GeneralSecurityException {
    var server = new TlsServer();
    Thread.ofPlatform().daemon().start(server::serve);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket plain = listening.accept()) {
        plain.getInputStream().readNBytes(SSL_REQUEST_BYTES);
        plain.getOutputStream().write('S');
        var secure =
            (SSLSocket) tls.getSocketFactory().createSocket(plain, plain.getInputStream(), false);
        secure.setUseClientMode(false);
        secure.startHandshake();
        secure.getInputStream().read();
      } catch (IOException ended) {
        // The client has seen enough.
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
