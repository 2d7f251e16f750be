package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.volume.SpareRoom;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file that a server makes at each start for temporary tables. It is given room for 128
/// rollback segments at once, 3 MiB, which an idle server never writes to: they stay in its memory.
///
/// @param giving how room is given back
record TemporarySpace(MariaDbProcess process, Giving giving) {
  private static final Logger LOG = LoggerFactory.getLogger(TemporarySpace.class);

  /// The least that it can have.
  static final String SIZE = "ibtmp1:1M:autoextend";

  private static final String FILE = "ibtmp1";

  /// Gives back the room of a file that nothing was written to.
  interface Giving {
    void back(Path file) throws IOException;
  }

  TemporarySpace(MariaDbProcess process) {
    this(process, SpareRoom::giveBack);
  }

  /// Gives back the room that nothing was written to, once after each start of the server, which
  /// stands still meanwhile. Later it is the room of who has temporary tables.
  void giveBackOnce() throws IOException {
    var server = process.pid().flatMap(ProcessHandle::of).map(TemporarySpace::identity);
    if (server.isPresent() && !server.get().equals(done())) {
      giveBack(process.files().data().resolve(FILE));
      Files.writeString(mark(), server.get());
    }
  }

  private void giveBack(Path file) throws IOException {
    try {
      process.whileFrozen(() -> giving.back(file));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      // Also for lack of a program. To try it again would only hold the server up again.
      LOG.warn("{} keeps room that it may never need: {}", file, e.getMessage());
    }
  }

  private static String identity(ProcessHandle server) {
    return server.pid() + " " + server.info().startInstant().map(Object::toString).orElse("");
  }

  private String done() throws IOException {
    try {
      return Files.readString(mark());
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private Path mark() {
    return process.files().settings().resolve("temporary-space");
  }
}
