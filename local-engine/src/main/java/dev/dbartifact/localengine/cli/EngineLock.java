package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.state.LockFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/// Keeps two engines from sharing a directory. The kernel gives it back when the engine dies.
record EngineLock(FileChannel channel) implements Closeable {

  /// Empty where another one has it.
  static Optional<EngineLock> take(EngineDirectory directory) throws IOException {
    directory.make();
    var channel = LockFile.open(directory.lock());
    try {
      return LockFile.lock(channel) ? Optional.of(new EngineLock(channel)) : Optional.empty();
    } catch (IOException e) {
      throw new IOException("Could not lock " + directory.lock() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
