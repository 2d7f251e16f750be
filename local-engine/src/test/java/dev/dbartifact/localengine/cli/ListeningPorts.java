package dev.dbartifact.localengine.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where processes take connections, as the kernel tells; see proc_net_tcp(5).
final class ListeningPorts {

  /// The fields of a line.
  private static final int LOCAL = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;

  private static final String LISTEN = "0A";

  private ListeningPorts() {}

  static Set<InetSocketAddress> of(Set<Long> processes) throws IOException {
    var sockets = new HashSet<String>();
    for (var process : processes) {
      sockets.addAll(sockets(process));
    }
    return all().entrySet().stream()
        .filter(each -> sockets.contains("socket:[" + each.getKey() + "]"))
        .map(Map.Entry::getValue)
        .collect(Collectors.toSet());
  }

  private static Set<String> sockets(long process) throws IOException {
    var open = new HashSet<String>();
    try (var files = Files.newDirectoryStream(Path.of("/proc", Long.toString(process), "fd"))) {
      for (var file : files) {
        try {
          open.add(Files.readSymbolicLink(file).toString());
        } catch (IOException e) {
          // Closed meanwhile.
        }
      }
    }
    return open;
  }

  /// By the inode of the socket. One may stand there twice, where others came and went meanwhile.
  private static Map<String, InetSocketAddress> all() throws IOException {
    return Stream.concat(lines("/proc/net/tcp"), lines("/proc/net/tcp6"))
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[STATE].equals(LISTEN))
        .collect(
            Collectors.toMap(
                fields -> fields[INODE], fields -> address(fields[LOCAL]), (first, _) -> first));
  }

  private static Stream<String> lines(String file) throws IOException {
    return Files.readAllLines(Path.of(file)).stream().skip(1);
  }

  /// Such as `0100007F:1538`: words of the machine's order, and the port as one reads it.
  private static InetSocketAddress address(String text) {
    var parts = text.split(":");
    var bytes = HexFormat.of().parseHex(parts[0]);
    var words = ByteBuffer.wrap(bytes).asIntBuffer();
    var turned = ByteBuffer.allocate(bytes.length).order(ByteOrder.nativeOrder());
    while (words.hasRemaining()) {
      turned.putInt(words.get());
    }
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(turned.array()), Integer.parseInt(parts[1], 16));
    } catch (UnknownHostException e) {
      throw new IllegalStateException(Arrays.toString(bytes), e);
    }
  }
}
