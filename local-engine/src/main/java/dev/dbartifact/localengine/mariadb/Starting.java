package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a server comes to run as its settings want it, from whatever it was before.
///
/// @param account that it runs as
record Starting(
    MariaDbProcess process,
    MariaDbInstallation installation,
    ServerAccount account,
    SettingsFile settings) {
  private static final Logger LOG = LoggerFactory.getLogger(Starting.class);

  /// Whether it was running already, as these settings want it.
  boolean run(MariaDbSettings wanted) throws IOException {
    process.thaw();
    if (!Fence.isUp(process.files())) {
      new Filling(process, installation, account, settings).raiseFence();
    }
    if (runs(wanted)) {
      return true;
    }
    launch(wanted);
    return false;
  }

  private boolean runs(MariaDbSettings wanted) throws IOException {
    var running = process.pid();
    if (running.isEmpty() || !settings.sameAddress(wanted)) {
      return false;
    }
    launching().awaitReadiness(ProcessHandle.of(running.get()));
    return letsIn();
  }

  private boolean letsIn() throws IOException {
    try {
      new EngineAccount(account.engineUser()).enter(process).close();
      return true;
    } catch (LockedOutException e) {
      LOG.warn("The server of {} is started again. {}", process.name(), e.getMessage());
      return false;
    }
  }

  private void launch(MariaDbSettings wanted) throws IOException {
    if (wanted.role() != Role.REPLICA && settings.role() == Role.REPLICA) {
      new Promotion(process, account).finishReceived();
    }
    process.stop();
    new Received(process.files()).remove();
    if (wanted.role() == Role.ALONE) {
      endBinaryLog();
    }
    settings.write(wanted);
    if (wanted.role() == Role.SOURCE) {
      prepareBinaryLog();
    }
    launching().launch();
  }

  /// A server that was killed, and is to write none any more, does not start while something is
  /// prepared.
  private void endBinaryLog() throws IOException {
    var log = new BinaryLog(process.files());
    if (log.isThere()) {
      settings.write(settings.privately(Role.SOURCE));
      log.discard();
      launching().commitPrepared();
      // It has begun another one.
      log.discard();
      log.ends();
    }
  }

  private void prepareBinaryLog() throws IOException {
    var log = new BinaryLog(process.files());
    if (log.isInDoubt()) {
      log.discard();
      launching().commitPrepared();
    }
    log.begins();
  }

  private Launching launching() {
    return new Launching(process, installation, account);
  }
}
