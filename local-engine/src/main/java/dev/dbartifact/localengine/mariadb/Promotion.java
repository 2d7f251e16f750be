package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of a replica that is about to write itself.
///
/// @param account that its server runs as
record Promotion(MariaDbProcess process, ServerAccount account) {
  private static final Logger LOG = LoggerFactory.getLogger(Promotion.class);

  /// As long as clients are ready to wait for one that is promoted.
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /// Lets the server do what it has received, which goes with its role. That a part of it is lost
  /// keeps nobody from writing: its source may be gone for good.
  void finishReceived() throws IOException {
    if (!process.running()) {
      warn("its server does not run, and what it had received and not done, if anything, is lost");
      return;
    }
    // Should an engine have been killed while it copied the files.
    process.thaw();
    try (var session = process.session(account.engineUser())) {
      new Receiving(session)
          .finish(LIMIT)
          .ifPresent(left -> warn("what it has received and not done is lost. " + left));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      warn("what it has received and not done, if anything, is lost. " + e.getMessage());
    }
  }

  private void warn(String what) {
    LOG.warn("The replica {} is promoted: {}", process.name(), what);
  }
}
