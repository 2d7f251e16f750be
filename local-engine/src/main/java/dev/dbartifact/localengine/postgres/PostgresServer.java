package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// One version of PostgreSQL on one data directory: makes its content, and starts it.
public final class PostgresServer {
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(1);

  /// In the name of the private socket of a server that listens on no address.
  private static final int PRIVATE_PORT = 5432;

  private final ServerProcess process;
  private final Installation installation;
  private final ServerAccount account;
  private final boolean copyOnWrite;

  /// @param copyOnWrite see [ServerSettings]
  public PostgresServer(
      ServerProcess process,
      Installation installation,
      ServerAccount account,
      boolean copyOnWrite) {
    this.process = process;
    this.installation = installation;
    this.account = account;
    this.copyOnWrite = copyOnWrite;
  }

  /// Fills the data directory, which must not exist, with an empty database that only the superuser
  /// can enter.
  public void initialise() throws IOException {
    ServerFiles.closed(files().data(), account);
    Program.run(account.as(new InitialDatabase(installation, files().data()).command()));
    startPrivately();
    try (var session = process.session()) {
      session.createServiceRoles(installation.major());
    } finally {
      process.stop();
    }
  }

  /// Its process, if it has one.
  public ServerProcess process() {
    return process;
  }

  /// Starts it for the engine alone: no address, only the private socket.
  public void startPrivately() throws IOException {
    start(Optional.empty(), PRIVATE_PORT);
  }

  /// Starts it and waits until it takes logins. A server that already runs at this address is left
  /// alone, one at another address is started again.
  ///
  /// @throws AddressTakenException if something else listens there
  public void start(InetAddress address, int port) throws IOException {
    start(Optional.of(address.getHostAddress()), port);
  }

  private void start(Optional<String> address, int port) throws IOException {
    var settings =
        new ServerSettings(
            installation.major(), process.name(), address, port, copyOnWrite, files());
    var running = process.postmaster();
    if (running.isPresent()
        && running.get().port() == port
        && running.get().address().equals(address.orElse(""))) {
      awaitReadiness(running.get().socketFile(), ProcessHandle.of(running.get().pid()));
      return;
    }
    if (running.isPresent()) {
      process.stop();
    }
    process.endOrphans();
    write(settings);
    launch(settings);
  }

  private void write(ServerSettings settings) throws IOException {
    files().prepare(account);
    write("postgresql.conf", settings.conf());
    write("pg_hba.conf", settings.accessRules());
    write("pg_ident.conf", settings.userMap(account.engineUser()));
  }

  private void write(String name, String content) throws IOException {
    var file = Files.writeString(files().settings().resolve(name), content);
    account.letRead(file);
  }

  private void launch(ServerSettings settings) throws IOException {
    var log = new ServerLog(files());
    var position = log.position();
    var launched =
        new ProcessBuilder(
                account.detached(
                    List.of(
                        installation.program("postgres").toString(),
                        "-D",
                        files().data().toString(),
                        "-c",
                        "config_file=" + files().settings().resolve("postgresql.conf"))))
            .directory(files().settings().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.startFile().toFile())
            .start();
    try {
      awaitReadiness(files().socketFile(settings.port()), Optional.of(launched.toHandle()));
    } catch (IOException e) {
      launched.destroyForcibly();
      process.awaitSilence();
      throw log.explain(e, installation.version(), position);
    }
  }

  private static void awaitReadiness(Path socket, Optional<ProcessHandle> process)
      throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Readiness.reached(socket)) {
      if (process.isEmpty() || !process.get().isAlive()) {
        throw new IOException("it ended while it was starting");
      }
      if (System.nanoTime() > deadline) {
        throw new IOException(
            "it did not take logins within %d minutes".formatted(START_LIMIT.toMinutes()));
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the engine is shutting down");
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /// Makes a data directory that was copied from that of a running server one of its own.
  ///
  /// @param backupLabel the label of the backup during which it was copied, if it was
  public void takeOver(Optional<String> backupLabel) throws IOException {
    Files.deleteIfExists(files().data().resolve("postmaster.pid"));
    Files.deleteIfExists(files().data().resolve("postmaster.opts"));
    if (backupLabel.isPresent()) {
      var label = files().data().resolve("backup_label");
      Files.deleteIfExists(label);
      Files.createFile(label);
      account.own(label);
      Files.writeString(label, backupLabel.get());
    }
  }

  private ServerFiles files() {
    return process.files();
  }
}
