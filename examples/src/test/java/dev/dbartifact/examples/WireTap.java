package dev.dbartifact.examples;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// Stands between the programs under test and the engine, passes every byte on as it is, and writes
/// down the actions. It can do something just before a request goes on, or just before its answer
/// comes back: that is how programs are killed at a chosen point.
final class WireTap implements Closeable {
  /// How the Query protocol begins.
  private static final Pattern ACTION = Pattern.compile("Action=([A-Za-z]+)&Version=");

  private static final Set<String> LOOKING = Set.of("Describe", "List", "Get");

  private final ServerSocket door;
  private final int engine;
  private final List<String> actions = new CopyOnWriteArrayList<>();
  private final ConcurrentMap<String, Runnable> before = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Runnable> after = new ConcurrentHashMap<>();

  private WireTap(ServerSocket door, int engine) {
    this.door = door;
    this.engine = engine;
  }

  static WireTap before(URI engine) throws IOException {
    var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var tap = new WireTap(door, engine.getPort());
    Thread.ofVirtual().name("wire-tap").start(tap::listen);
    return tap;
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + door.getLocalPort());
  }

  void forget() {
    actions.clear();
  }

  /// Every action since the last [#forget()] that was more than looking.
  List<String> mutations() {
    return actions.stream()
        .filter(action -> LOOKING.stream().noneMatch(action::startsWith))
        .toList();
  }

  /// Once, when the next such action is about to reach the engine.
  void whenAsked(String action, Runnable hook) {
    before.put(action, hook);
  }

  /// Once, when the engine has done the next such action, and nobody else knows it yet.
  void whenDone(String action, Runnable hook) {
    after.put(action, hook);
  }

  /// Whether every hook has been called.
  boolean hooksAreSpent() {
    return before.isEmpty() && after.isEmpty();
  }

  private void listen() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket client) {
    try (client;
        var server = new Socket(InetAddress.getLoopbackAddress(), engine)) {
      var conversation = new Conversation();
      Thread answers =
          Thread.ofVirtual()
              .start(() -> pass(server, client, (bytes, length) -> conversation.answered()));
      pass(client, server, conversation::asked);
      answers.join();
    } catch (IOException gone) {
      // The engine does not answer; the client sees a closed connection, as it would without us.
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private interface Sight {
    void of(byte[] bytes, int length);
  }

  private static void pass(Socket from, Socket to, Sight sight) {
    var buffer = new byte[64 * 1024];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        sight.of(buffer, length);
        out.write(buffer, 0, length);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException closed) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      // That is what was wanted.
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  /// One connection: requests and answers take turns on it.
  private final class Conversation {
    private final StringBuilder unread = new StringBuilder();
    private volatile String current = "";

    void asked(byte[] bytes, int length) {
      unread.append(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
      var matcher = ACTION.matcher(unread);
      if (matcher.find()) {
        current = matcher.group(1);
        unread.setLength(0);
        actions.add(current);
        call(before.remove(current));
      }
    }

    void answered() {
      call(after.remove(current));
    }

    private void call(Runnable hook) {
      if (hook != null) {
        hook.run();
      }
    }
  }
}
