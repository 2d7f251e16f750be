package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.UnixSocket;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Lets the JDBC driver speak through a unix socket, whose path is its argument. Public because the
/// driver makes it by name.
public final class UnixSocketFactory extends SocketFactory {
  private final String path;

  public UnixSocketFactory(String path) {
    this.path = path;
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Socket createSocket(
      InetAddress address, int port, InetAddress localAddress, int localPort) {
    throw new UnsupportedOperationException();
  }
}
