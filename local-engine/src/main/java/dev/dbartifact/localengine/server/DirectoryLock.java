package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.state.LockFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Keeps a second process away from a data directory. Ends with the process, however that ends.
record DirectoryLock(FileChannel channel) implements Closeable {
  static DirectoryLock take(Path directory) throws IOException {
    var channel = LockFile.open(directory.resolve("host.lock"));
    if (!LockFile.lock(channel)) {
      throw new IOException("another local engine works in " + directory);
    }
    return new DirectoryLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
