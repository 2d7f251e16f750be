package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.TimedUnixSocket;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.util.ConfigurableSocketFactory;

/// Lets the JDBC driver speak through a unix socket, whose path is the option `unixSocketFile`.
/// Public because the driver makes it by name. The driver's own way needs a native library.
public final class UnixSocketFactory extends ConfigurableSocketFactory {
  static final String OPTION = "unixSocketFile";

  private String path;

  @Override
  public void setConfiguration(Configuration configuration, String host) {
    path = configuration.nonMappedOptions().getProperty(OPTION);
  }

  @Override
  public Socket createSocket() {
    return new TimedUnixSocket(path) {
      private InputStream greeting;

      @Override
      public InputStream getInputStream() {
        if (greeting == null) {
          greeting = new Greeting(super.getInputStream());
        }
        return greeting;
      }
    };
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
