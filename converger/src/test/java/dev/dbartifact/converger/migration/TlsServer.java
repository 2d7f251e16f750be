package dev.dbartifact.converger.migration;

import dev.dbartifact.artifact.Engine;
import dev.dbartifact.rds.OwnCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// The beginning of a server: agrees to TLS and shows a certificate of `localhost`.
final class TlsServer implements AutoCloseable {
  /// Length and code of an SSLRequest ("Message Formats" of the PostgreSQL manual).
  private static final int POSTGRES_REQUEST_BYTES = 8;

  /// The greeting of a MySQL that speaks TLS ("Protocol::HandshakeV10").
  private static final byte[] MYSQL_GREETING =
      HexFormat.of()
          .parseHex(
              "490000000a" // length, sequence number, protocol
                  + "382e302e3300" // "8.0.3"
                  + "01000000" // session
                  + "4141414141414141"
                  + "00" // salt
                  + "0daa" // LONG_PASSWORD, CONNECT_WITH_DB, SSL, …, SECURE_CONNECTION
                  + "2d"
                  + "0200" // utf8mb4, AUTOCOMMIT
                  + "0800" // PLUGIN_AUTH
                  + "15"
                  + "00".repeat(10)
                  + "41".repeat(12)
                  + "00" // more salt
                  + "6d7973716c5f6e61746976655f70617373776f726400"); // mysql_native_password

  /// An SSLRequest with its header.
  private static final int MYSQL_REQUEST_BYTES = 36;

  private final Engine engine;
  private final ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final SSLContext tls = OwnCertificate.tls();

  private TlsServer(Engine engine) throws IOException, GeneralSecurityException {
    this.engine = engine;
  }

  static TlsServer start(Engine engine) throws IOException, GeneralSecurityException {
    var server = new TlsServer(engine);
    Thread.ofPlatform().daemon().start(server::serve);
    return server;
  }

  int port() {
    return listening.getLocalPort();
  }

  private void serve() {
    while (!listening.isClosed()) {
      try (Socket plain = listening.accept()) {
        agree(plain);
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

  private void agree(Socket client) throws IOException {
    switch (engine) {
      case AURORA_POSTGRESQL -> {
        client.getInputStream().readNBytes(POSTGRES_REQUEST_BYTES);
        client.getOutputStream().write('S');
      }
      case AURORA_MYSQL -> {
        client.getOutputStream().write(MYSQL_GREETING);
        client.getInputStream().readNBytes(MYSQL_REQUEST_BYTES);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
