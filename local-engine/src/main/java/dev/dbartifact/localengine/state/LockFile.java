package dev.dbartifact.localengine.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that are there to be locked, by their owner only: whoever may read one can hold a lock on
/// it, and keep everybody else from theirs.
public final class LockFile {
  private static final String OWNER_ALONE = "rw-------";

  private LockFile() {}

  /// Opens the file; makes it where there is none.
  public static FileChannel open(Path file) throws IOException {
    var wanted = PosixFilePermissions.fromString(OWNER_ALONE);
    var channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(wanted));
    try {
      // One of an earlier engine may be open to all.
      if (!Files.getPosixFilePermissions(file).equals(wanted)) {
        Files.setPosixFilePermissions(file, wanted);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Locks the file for this process until the channel is closed; closes it where that fails.
  ///
  /// @return no where another one has the lock, be it in this very process
  public static boolean lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return true;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process: taken all the same.
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return false;
  }
}
