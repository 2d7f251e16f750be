package dev.dbartifact.localengine.relay;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An address whose connections are handed to servers elsewhere on this machine, chosen anew for
/// each connection. What is said on them is passed on as it is.
public final class Relay implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
  private static final int BUFFER_BYTES = 1 << 15;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /// A side that has said nothing for a minute is asked whether it is there, and given up when it
  /// has not answered for another.
  private static final int IDLE_SECONDS = 60;

  private static final int PROBE_SECONDS = 10;
  private static final int PROBES = 6;

  private final ServerSocketChannel door;
  private final Supplier<Way> ways;
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
  private final Thread accepting = Thread.ofVirtual().unstarted(this::accept);

  private Relay(ServerSocketChannel door, Supplier<Way> ways) {
    this.door = door;
    this.ways = ways;
  }

  /// Listens until it is closed.
  ///
  /// @param ways is asked for each connection, and may take its time: whoever connects waits
  public static Relay open(InetSocketAddress address, Supplier<Way> ways) throws IOException {
    var door = ServerSocketChannel.open();
    try {
      door.bind(address);
    } catch (IOException e) {
      door.close();
      throw e;
    }
    var relay = new Relay(door, ways);
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
      lead(client, ways.get());
    } finally {
      end(client);
    }
  }

  private void lead(SocketChannel client, Way way) {
    try {
      connect(way).ifPresent(server -> join(client, server));
    } finally {
      way.over().run();
    }
  }

  private void join(SocketChannel client, SocketChannel server) {
    open.add(server);
    try {
      prepare(client);
      prepare(server);
      if (door.isOpen()) {
        var back = Thread.startVirtualThread(() -> answer(server, client));
        pass(client, server);
        back.join();
      }
      // Else it was closed meanwhile, perhaps without having seen these two.
    } catch (IOException e) {
      LOG.debug("One side of {} went away: {}", server, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(server);
    }
  }

  private static void prepare(SocketChannel side) throws IOException {
    // What one side has sent at once, the other side is to have at once.
    side.setOption(StandardSocketOptions.TCP_NODELAY, true);
    // A machine that went away without a word would be taken to be connected for ever.
    side.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    side.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, IDLE_SECONDS);
    side.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, PROBE_SECONDS);
    side.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, PROBES);
  }

  private static Optional<SocketChannel> connect(Way way) {
    for (var target : way.targets()) {
      try {
        return Optional.of(SocketChannel.open(target));
      } catch (IOException e) {
        LOG.debug("Nobody answers at {}: {}", target, e.getMessage());
      }
    }
    return Optional.empty();
  }

  /// A server that has ended a connection hears nothing more on it either. Who does not look, such
  /// as a pool of connections, is not connected any more.
  private void answer(SocketChannel server, SocketChannel client) {
    pass(server, client);
    end(client);
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
