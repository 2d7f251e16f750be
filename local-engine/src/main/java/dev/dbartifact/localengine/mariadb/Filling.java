package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Fills the tables of a server with what the engine needs there, while it runs for that alone.
///
/// @param account that it runs as
record Filling(
    MariaDbProcess process,
    MariaDbInstallation installation,
    ServerAccount account,
    SettingsFile settings) {
  private static final Logger LOG = LoggerFactory.getLogger(Filling.class);

  /// See [MariaDbServer#initialise].
  void initialise() throws IOException {
    fill(new InitialTables(installation).sql(account.engineUser()));
  }

  /// See [MariaDbServer#add].
  void add(MasterUser user) throws IOException {
    fill(user.sql() + script(fence()));
    Fence.isUpFromNowOn(process.files());
  }

  /// Keeps users away as this engine does it, where another one has made the tables; in a session,
  /// if the server runs and lets the engine in.
  void raiseFence() throws IOException {
    if (!process.running() || !raisedFenceInSession()) {
      process.stop();
      recover();
      fill("flush privileges;\n" + script(fence()));
    }
    Fence.isUpFromNowOn(process.files());
  }

  /// A server that reads a script has no binary log, and does not start where one that was killed
  /// has left something prepared for it. The log is in doubt then, as [BinaryLog#discard] says:
  /// replicas are made anew.
  private void recover() throws IOException {
    var log = new BinaryLog(process.files());
    if (log.isThere()) {
      settings.write(settings.privately(Role.SOURCE));
      log.discard();
      new Launching(process, installation, account).commitPrepared();
    }
  }

  private boolean raisedFenceInSession() throws IOException {
    // The engine has the account of an older one there.
    try (var session = process.session(account.engineUser())) {
      // Its replicas have other accounts of replicas, and would stop at those that they lack.
      session.execute("SET SESSION sql_log_bin = 0");
      session.executeAll(fence().statements());
      return true;
    } catch (LockedOutException e) {
      LOG.warn("The server of {} is started again. {}", process.name(), e.getMessage());
      return false;
    }
  }

  private Fence fence() {
    return new Fence(new EngineAccount(account.engineUser()));
  }

  private static String script(Fence fence) {
    return fence.statements().stream().collect(Collectors.joining(";\n", "", ";\n"));
  }

  private void fill(String sql) throws IOException {
    settings.write(settings.privately(Role.ALONE));
    new Launching(process, installation, account).runScript(sql);
  }
}
