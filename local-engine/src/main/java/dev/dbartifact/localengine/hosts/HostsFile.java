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
import java.util.Arrays;
import java.util.List;
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

  private final Path path;
  private final HostsBlock block;

  /// @param path which need not be there; its folder must
  /// @param owner tells this engine from others that write to the file
  public HostsFile(Path path, String owner) {
    this.path = path.toAbsolutePath().normalize();
    this.block = new HostsBlock(owner);
  }

  public Path path() {
    return path;
  }

  /// Lets the file say where these hosts are, in place of all that this engine has written there
  /// before. Nothing is written where it says so already.
  public void write(List<Host> hosts) throws IOException {
    if (!Files.exists(path)) {
      var forEverybody = PosixFilePermissions.fromString("rw-r--r--");
      Files.createFile(path, PosixFilePermissions.asFileAttribute(forEverybody));
    }
    change(hosts);
  }

  /// Removes what this engine has written; the file stays. Idempotent.
  public void clear() throws IOException {
    if (Files.exists(path)) {
      change(List.of());
    }
  }

  /// Two engines must not overwrite each other's lines.
  private void change(List<Host> hosts) throws IOException {
    var real = path.toRealPath();
    synchronized (HostsFile.class) {
      while (true) {
        try (var channel =
            FileChannel.open(real, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          var key = key(real);
          channel.lock();
          // It may have been replaced while this one waited for the lock of the old one.
          if (key.equals(key(real))) {
            change(real, channel, hosts);
            return;
          }
        }
      }
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
