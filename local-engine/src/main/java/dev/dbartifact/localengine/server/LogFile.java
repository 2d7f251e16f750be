package dev.dbartifact.localengine.server;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;

/// A log file of a server, as it was when it was listed.
///
/// @param name of the file, such as `postgres-Mon.log`
/// @param written when it was written to last
/// @param size in bytes
/// @param content what it holds now, which may be more
public record LogFile(String name, Instant written, long size, Content content) {

  /// The bytes of a file.
  @FunctionalInterface
  public interface Content {
    /// @param from counted from 0
    /// @return `count` bytes, or fewer where the file ends before
    byte[] read(long from, int count) throws IOException;
  }

  /// The same.
  ///
  /// @throws HostException.NotFound where the file has gone since
  public byte[] read(long from, int count) throws HostException {
    try {
      return content.read(from, count);
    } catch (NoSuchFileException e) {
      throw new HostException.NotFound("The log file " + name + " has gone");
    } catch (IOException e) {
      throw Failures.of("Could not read the log file " + name, e);
    }
  }
}
