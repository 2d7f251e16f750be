package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.state.LockFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/// Keeps a second process away from a data directory. Ends with the process, however that ends.
record DirectoryLock(FileChannel channel) implements Closeable {
  static DirectoryLock take(Path directory) throws IOException {
    var channel = LockFile.open(directory.resolve("host.lock"));
    try {
      if (channel.tryLock() == null) {
        throw taken(directory);
      }
      return new DirectoryLock(channel);
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(directory);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static IOException taken(Path directory) {
    return new IOException("another local engine works in " + directory);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
