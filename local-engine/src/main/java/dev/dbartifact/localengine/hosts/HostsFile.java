package dev.dbartifact.localengine.hosts;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A hosts file that several engines, and people, write to: `/etc/hosts`, or one of its own for
/// programs that are told of it, such as `-Djdk.net.hosts.file`.
///
/// It is replaced as a whole, so that whoever reads it sees the old or the new one. Where that
/// cannot be (in a container `/etc/hosts` is a mount, and a user may be allowed to write a file of
/// another one's folder), it is written in place.
public final class HostsFile {

  private static final Logger LOG = LoggerFactory.getLogger(HostsFile.class);

  /// Engines hold their locks for milliseconds, and who changes a cluster waits meanwhile.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /// The JDK knows no lock that is waited for with a limit.
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final Path path;
  private final HostsBlock block;
  private final Duration patience;

  /// @param path which need not be there; its folder must
  /// @param owner tells this engine from others that write to the file
  public HostsFile(Path path, String owner) {
    this(path, owner, PATIENCE);
  }

  /// @param patience how long the locks of others are waited for
  HostsFile(Path path, String owner, Duration patience) {
    this.path = path.toAbsolutePath().normalize();
    this.block = new HostsBlock(owner);
    this.patience = patience;
  }

  public Path path() {
    return path;
  }

  /// Lets the file say where these hosts are, in place of all that this engine has written there
  /// before. Nothing is written where it says so already.
  ///
  /// @throws IOException also where another program keeps a lock on it
  public void write(List<Host> hosts) throws IOException {
    if (!Files.exists(path)) {
      var forEverybody = PosixFilePermissions.fromString("rw-r--r--");
      Files.createFile(path, PosixFilePermissions.asFileAttribute(forEverybody));
      // Whatever the umask has taken away.
      Files.setPosixFilePermissions(path, forEverybody);
    }
    change(hosts);
  }

  /// Removes what this engine has written; the file stays. Idempotent, also where somebody else has
  /// removed it from a file that this engine may not write any more.
  public void clear() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try {
      change(List.of());
    } catch (FileSystemException e) {
      var content = Files.readString(path, StandardCharsets.ISO_8859_1);
      if (!block.out(content).equals(content)) {
        throw e;
      }
    }
  }

  /// Two engines must not overwrite each other's lines. Nobody is waited for without end: whoever
  /// may read the file can hold a lock on it.
  private void change(List<Host> hosts) throws IOException {
    var real = path.toRealPath();
    synchronized (HostsFile.class) {
      var deadline = System.nanoTime() + patience.toNanos();
      while (!changed(real, hosts)) {
        if (System.nanoTime() - deadline > 0) {
          throw new IOException(
              "another program has kept a lock on it for %d ms ('lslocks' says which)"
                  .formatted(patience.toMillis()));
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  /// Whether it could be changed: not while another one has a lock on it, nor where it was replaced
  /// before this one had it.
  private boolean changed(Path real, List<Host> hosts) throws IOException {
    var key = key(real);
    try (var channel = FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (channel.tryLock() == null || !key.equals(key(real))) {
        return false;
      }
      change(real, channel, hosts);
      return true;
    }
  }

  private static Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /// By the channel alone: to close the file another time would end the lock.
  private void change(Path real, FileChannel channel, List<Host> hosts) throws IOException {
    // Whatever signs others use, they come out as they went in.
    var content = new String(read(channel), StandardCharsets.ISO_8859_1);
    var changed = block.in(content, hosts);
    if (!changed.equals(content)) {
      var bytes = changed.getBytes(StandardCharsets.ISO_8859_1);
      if (!replace(real, bytes)) {
        overwrite(channel, bytes);
      }
    }
  }

  private static byte[] read(FileChannel channel) throws IOException {
    var content = ByteBuffer.allocate(Math.toIntExact(channel.size()));
    while (content.hasRemaining() && channel.read(content, content.position()) >= 0) {
      // More may follow.
    }
    return Arrays.copyOf(content.array(), content.position());
  }

  /// Whether the file could be replaced, by one of the same owner, group and mode.
  private static boolean replace(Path real, byte[] content) throws IOException {
    var next = real.resolveSibling("." + real.getFileName() + ".db-artifact-local");
    try {
      Files.deleteIfExists(next);
      try (var channel =
          FileChannel.open(next, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        liken(next, real);
        overwrite(channel, content);
      }
      Files.move(next, real, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      LOG.debug("{} is written in place, since it cannot be replaced: {}", real, e.toString());
      return false;
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private static void liken(Path next, Path real) throws IOException {
    var wanted = Files.readAttributes(real, PosixFileAttributes.class);
    var view = Files.getFileAttributeView(next, PosixFileAttributeView.class);
    view.setOwner(wanted.owner());
    view.setGroup(wanted.group());
    view.setPermissions(wanted.permissions());
  }

  private static void overwrite(FileChannel channel, byte[] content) throws IOException {
    var rest = ByteBuffer.wrap(content);
    channel.position(0);
    while (rest.hasRemaining()) {
      channel.write(rest);
    }
    channel.truncate(content.length);
    channel.force(true);
  }
}
