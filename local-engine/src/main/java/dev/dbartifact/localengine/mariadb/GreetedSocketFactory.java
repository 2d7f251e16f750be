package dev.dbartifact.localengine.mariadb;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Sockets of the network for the JDBC driver, which then gets into a server whatever its default
/// character set is. Public because the driver makes it by name.
public final class GreetedSocketFactory extends SocketFactory {

  @Override
  public Socket createSocket() {
    return new Greeted();
  }

  /// TLS begins in the middle of what comes, so that there is one stream only.
  private static final class Greeted extends Socket {
    private InputStream greeting;

    @Override
    public InputStream getInputStream() throws IOException {
      if (greeting == null) {
        greeting = new Greeting(super.getInputStream());
      }
      return greeting;
    }
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
