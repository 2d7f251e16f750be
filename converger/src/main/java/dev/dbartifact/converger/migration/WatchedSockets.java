package dev.dbartifact.converger.migration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/// Sockets on which the machine finds out within two minutes that the other end is gone. A session
/// may wait long for a lock or a statement, so silence alone is no reason to end it, and the usual
/// first probe comes after two hours (`tcp_keepalive_time` in tcp(7)). Neither driver has an option
/// for it that works; both make one of these by its name.
public final class WatchedSockets extends SocketFactory {
  private static final Map<SocketOption<Integer>, Integer> PROBES =
      Map.of(
          ExtendedSocketOptions.TCP_KEEPIDLE, 60,
          ExtendedSocketOptions.TCP_KEEPINTERVAL, 15,
          ExtendedSocketOptions.TCP_KEEPCOUNT, 4);

  @Override
  public Socket createSocket() throws IOException {
    return watched(new Socket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return watched(new Socket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return watched(new Socket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return watched(new Socket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return watched(new Socket(host, port, from, fromPort));
  }

  private static Socket watched(Socket socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (var probe : PROBES.entrySet()) {
      if (socket.supportedOptions().contains(probe.getKey())) {
        socket.setOption(probe.getKey(), probe.getValue());
      }
    }
    return socket;
  }
}
