package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.state.LockFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.util.Optional;

/// Keeps two engines from sharing a directory. The kernel gives it back when the engine dies.
record EngineLock(FileChannel channel) implements Closeable {

  /// Empty where another one has it.
  static Optional<EngineLock> take(EngineDirectory directory) throws IOException {
    directory.make();
    var channel = LockFile.open(directory.lock());
    try {
      if (channel.tryLock() != null) {
        return Optional.of(new EngineLock(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: taken all the same.
    } catch (IOException e) {
      channel.close();
      throw new IOException("Could not lock " + directory.lock() + ": " + e.getMessage(), e);
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
