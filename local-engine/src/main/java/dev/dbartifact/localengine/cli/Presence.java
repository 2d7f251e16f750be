package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import java.io.Closeable;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/// A connection to the endpoint of a PostgreSQL cluster that asks for nothing. Who comes another
/// way is not seen by the engine: for this a server that is paused comes back, and while it is open
/// the server stays.
final class Presence implements Closeable {

  /// "SSLRequest" in "Message Formats" of the PostgreSQL documentation: every server answers it
  /// with one byte, before it knows who asks.
  private static final int LENGTH = 8;

  private static final int SSL_REQUEST = 80_877_103;

  private final Socket connection;

  private Presence(Socket connection) {
    this.connection = connection;
  }

  /// Returns when the server is there.
  static Presence at(ClusterReport cluster) throws IOException {
    var address = new InetSocketAddress(InetAddress.ofLiteral(cluster.address()), cluster.port());
    var connection = new Socket();
    try {
      connection.connect(address);
      awaitAnswer(connection);
      return new Presence(connection);
    } catch (IOException e) {
      connection.close();
      throw new IOException(
          "Could not reach the server of '%s' at %s: %s"
              .formatted(cluster.id(), address, e.getMessage()),
          e);
    }
  }

  private static void awaitAnswer(Socket connection) throws IOException {
    var request = new DataOutputStream(connection.getOutputStream());
    request.writeInt(LENGTH);
    request.writeInt(SSL_REQUEST);
    request.flush();
    if (connection.getInputStream().read() < 0) {
      throw new EOFException("it closed the connection; 'db-artifact-local status' may say why");
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
