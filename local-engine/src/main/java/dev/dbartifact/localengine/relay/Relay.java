package dev.dbartifact.localengine.relay;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An address whose connections are handed to servers elsewhere on this machine, chosen anew for
/// each connection. What is said on them is passed on as it is.
public final class Relay implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BUFFER_BYTES = 1 << 15;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final ServerSocketChannel door;
  private final Supplier<List<InetSocketAddress>> targets;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);

  private Relay(ServerSocketChannel door, Supplier<List<InetSocketAddress>> targets) {
    this.door = door;
    this.targets = targets;
  }

  /// Listens until it is closed.
  ///
  /// @param targets is asked for each connection; the first one that can be reached takes it, and
  ///   where there is none the connection is closed
  public static Relay open(InetSocketAddress address, Supplier<List<InetSocketAddress>> targets)
      throws IOException {
    var door = ServerSocketChannel.open();
    try {
      door.bind(address);
    } catch (IOException e) {
      door.close();
      throw e;
    }
    var relay = new Relay(door, targets);
    relay.accepting.start();
    return relay;
  }

  private void accept() {
    while (door.isOpen()) {
      try {
        var client = door.accept();
        open.add(client);
        Thread.startVirtualThread(() -> serve(client));
      } catch (IOException e) {
        if (door.isOpen()) {
          // No file descriptor is left, perhaps: that passes, and the endpoint must still be there.
          LOG.warn("The relay {} could not take a connection: {}", door, e.getMessage());
          LockSupport.parkNanos(PAUSE.toNanos());
        }
      }
    }
  }

  private void serve(SocketChannel client) {
    try {
      connect().ifPresent(server -> join(client, server));
    } finally {
      end(client);
    }
  }

  private void join(SocketChannel client, SocketChannel server) {
    open.add(server);
    try {
      if (door.isOpen()) {
        var back = Thread.startVirtualThread(() -> pass(server, client));
        pass(client, server);
        back.join();
      }
      // Else it was closed meanwhile, perhaps without having seen these two.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(server);
    }
  }

  private Optional<SocketChannel> connect() {
    for (var target : targets.get()) {
      try {
        return Optional.of(SocketChannel.open(target));
      } catch (IOException e) {
        LOG.debug("Nobody answers at {}: {}", target, e.getMessage());
      }
    }
    return Optional.empty();
  }

  /// Until one side has nothing more to say, or cannot hear it.
  private void pass(SocketChannel from, SocketChannel to) {
    var buffer = ByteBuffer.allocate(BUFFER_BYTES);
    try {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // One of the two went away in the middle: the other one must learn it.
      end(from);
      end(to);
    }
  }

  private void end(SocketChannel channel) {
    open.remove(channel);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("Could not close {}: {}", channel, e.getMessage());
    }
  }

  /// Also ends the connections that it has taken. Nobody can connect any more when it returns.
  @Override
  public void close() throws IOException {
    door.close();
    try {
      // The system goes on listening until whoever waits for a connection has noticed.
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    open.forEach(this::end);
  }
}
