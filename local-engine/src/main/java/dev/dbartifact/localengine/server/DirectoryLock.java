package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.EngineMark;
import dev.dbartifact.localengine.state.LockFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/// Keeps a second process away from a data directory. Ends with the process, however that ends.
/// Meanwhile the programs that the process runs have the mark of the directory.
record DirectoryLock(Path directory, FileChannel channel, EngineMark mark) implements Closeable {
  static DirectoryLock take(Path directory) throws IOException {
    var mark = EngineMark.of(directory);
    var channel = LockFile.open(directory.resolve("host.lock"));
    if (!LockFile.lock(channel)) {
      throw new IOException("another local engine works in " + directory);
    }
    mark.give();
    return new DirectoryLock(directory, channel, mark);
  }

  @Override
  public void close() throws IOException {
    mark.withdraw();
    channel.close();
  }
}
