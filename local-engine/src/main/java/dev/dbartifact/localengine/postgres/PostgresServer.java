package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.AddressTakenException;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.program.ServerEnvironment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One version of PostgreSQL on one data directory: makes its content, and starts it.
public final class PostgresServer {
  private static final String STANDBY_SIGNAL = "standby.signal";
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(1);

  private static final String CONF = "postgresql.conf";

  /// In the name of the private socket of a server that listens on no address.
  private static final int PRIVATE_PORT = 5432;

  private final ServerProcess process;
  private final Installation installation;
  private final ServerAccount account;
  private final ServerStorage storage;

  public PostgresServer(
      ServerProcess process,
      Installation installation,
      ServerAccount account,
      ServerStorage storage) {
    this.process = process;
    this.installation = installation;
    this.account = account;
    this.storage = storage;
  }

  /// Fills the data directory, which must not exist, with an empty database that only the superuser
  /// can enter.
  public void initialise() throws IOException {
    ServerFiles.closed(files().data(), account);
    Program.run(account.as(new InitialDatabase(installation, files().data()).command()));
    startPrivately();
    process.stop();
  }

  /// Its process, if it has one.
  public ServerProcess process() {
    return process;
  }

  /// Starts it for the engine alone: no address, only the private socket.
  public void startPrivately() throws IOException {
    startPrivately(Map.of());
  }

  /// The same, with settings in place of the engine's.
  public void startPrivately(Map<String, String> parameters) throws IOException {
    start(Optional.empty(), PRIVATE_PORT, parameters);
  }

  /// Starts it and waits until it takes logins. A server that already runs at this address is left
  /// alone, one at another address is started again.
  ///
  /// @param parameters in place of the engine's settings
  /// @throws AddressTakenException if something else listens there
  public void start(List<InetAddress> addresses, int port, Map<String, String> parameters)
      throws IOException {
    start(Optional.of(joined(addresses)), port, parameters);
  }

  private static String joined(List<InetAddress> addresses) {
    return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","));
  }

  /// Whether it runs and listens there.
  public boolean listens(List<InetAddress> addresses, int port) throws IOException {
    return listens(settings(Optional.of(joined(addresses)), port, Map.of()));
  }

  /// A server names only its first address; those that it was started with stand in its settings.
  private boolean listens(ServerSettings settings) throws IOException {
    var running = process.postmaster();
    var first = settings.address().orElse("").split(",")[0];
    return running.isPresent()
        && running.get().port() == settings.port()
        && running.get().address().equals(first)
        && Files.readString(files().settings().resolve(CONF)).contains(settings.listening());
  }

  /// Lets the running server take over what can change while it runs.
  public void reload(List<InetAddress> addresses, int port, Map<String, String> parameters)
      throws IOException {
    write(settings(Optional.of(joined(addresses)), port, parameters));
    try (var session = process.session()) {
      session.reload();
    }
  }

  private ServerSettings settings(
      Optional<String> address, int port, Map<String, String> parameters) {
    var chosen = new LinkedHashMap<>(installation.preloaded());
    chosen.putAll(parameters);
    return new ServerSettings(
        installation.major(), process.name(), address, port, storage, chosen, files());
  }

  private void start(Optional<String> address, int port, Map<String, String> parameters)
      throws IOException {
    if (!Foundation.isLaid(files()) && !replays()) {
      layFoundation(parameters);
    }
    begin(settings(address, port, parameters));
  }

  /// Whether it takes its content from elsewhere until further notice.
  private boolean replays() {
    return Stream.of("standby.signal", "recovery.signal")
        .anyMatch(signal -> Files.exists(files().data().resolve(signal)));
  }

  private void layFoundation(Map<String, String> parameters) throws IOException {
    var running = process.running();
    if (!running) {
      begin(settings(Optional.empty(), PRIVATE_PORT, parameters));
    }
    try {
      new Foundation(installation.major()).lay(process);
    } catch (IOException e) {
      if (!running) {
        process.stop();
      }
      throw e;
    }
  }

  private void begin(ServerSettings settings) throws IOException {
    var running = process.postmaster();
    if (listens(settings)) {
      awaitReadiness(running.get().socketFile(), ProcessHandle.of(running.get().pid()));
      return;
    }
    if (running.isPresent()) {
      process.stop();
    }
    process.endOrphans();
    write(settings);
    if (FirstStart.of(files()).begins()) {
      write(ServerSettings.FIRST_START, "fsync = off\n");
    } else {
      Files.deleteIfExists(firstStart());
    }
    launch(settings);
  }

  /// Lets its next start be the [FirstStart] of a clone.
  public void comesFresh() throws IOException {
    FirstStart.of(files()).comes();
  }

  /// Whether it began, as a clone, without waiting for the disk, and [#flush] has not ended that.
  public boolean unflushed() {
    return FirstStart.of(files()).isUnflushed();
  }

  /// Lets it wait for the disk from now on, and brings there what it has written so far.
  public void flush() throws IOException {
    Files.deleteIfExists(firstStart());
    try (var session = process.session()) {
      session.reload();
      process.awaitFsync();
      session.checkpoint();
    }
    FirstStart.of(files()).ends();
  }

  private Path firstStart() {
    return files().settings().resolve(ServerSettings.FIRST_START);
  }

  private void write(ServerSettings settings) throws IOException {
    files().prepare(account);
    write(CONF, settings.conf());
    write("pg_hba.conf", settings.accessRules());
    write("pg_ident.conf", settings.userMap(account.engineUser(), account.serverUser()));
  }

  private void write(String name, String content) throws IOException {
    var file = Files.writeString(files().settings().resolve(name), content);
    account.letRead(file);
  }

  private void launch(ServerSettings settings) throws IOException {
    requireFree(settings);
    var log = new ServerLog(files());
    var position = log.position();
    var launched =
        ServerEnvironment.only(
                new ProcessBuilder(
                    account.detached(
                        List.of(
                            installation.program("postgres").toString(),
                            "-D",
                            files().data().toString(),
                            "-c",
                            "config_file=" + files().settings().resolve(CONF)))))
            .directory(files().settings().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.startFile().toFile())
            .start();
    CrashPoint.SERVER_LAUNCHED.reached();
    try {
      awaitReadiness(files().socketFile(settings.port()), Optional.of(launched.toHandle()));
    } catch (IOException e) {
      launched.destroyForcibly();
      process.awaitSilence();
      throw log.explain(e, installation.version(), position);
    }
  }

  /// A server that can listen on one of several addresses starts without the others.
  private static void requireFree(ServerSettings settings) throws IOException {
    for (var address : settings.address().map(all -> all.split(",")).orElse(new String[0])) {
      try (var socket = new ServerSocket(settings.port(), 1, InetAddress.ofLiteral(address))) {
        socket.setReuseAddress(true);
      } catch (BindException e) {
        throw new AddressTakenException("something else listens there");
      }
    }
  }

  private void awaitReadiness(Path socket, Optional<ProcessHandle> server) throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (process.isStarting() || !Readiness.reached(socket)) {
      if (server.isEmpty() || !server.get().isAlive()) {
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

  /// Makes a data directory that was copied from that of a running server one of its own. Slots are
  /// for those who read from the source, and would keep WAL here for ever.
  ///
  /// @param backupLabel the label of the backup during which it was copied, if it was
  public void takeOver(Optional<String> backupLabel) throws IOException {
    Files.deleteIfExists(files().data().resolve("postmaster.pid"));
    Files.deleteIfExists(files().data().resolve("postmaster.opts"));
    removeSlots("*", Set.of());
    if (backupLabel.isPresent()) {
      var label = files().data().resolve("backup_label");
      Files.deleteIfExists(label);
      Files.createFile(label);
      account.own(label);
      Files.writeString(label, backupLabel.get());
    }
    FirstStart.of(files()).isOver();
  }

  /// Removes the slots of standbys that are not there; they would keep WAL for ever. The server
  /// must not run.
  ///
  /// @param standbys the names of those that are
  public void removeSlotsExcept(Set<String> standbys) throws IOException {
    removeSlots(
        Standby.SLOT_PREFIX + "*",
        standbys.stream().map(Standby::slot).collect(Collectors.toSet()));
  }

  private void removeSlots(String pattern, Set<String> kept) throws IOException {
    var slots = files().data().resolve("pg_replslot");
    try (var all = Files.newDirectoryStream(slots, pattern)) {
      for (var slot : all) {
        if (!kept.contains(slot.getFileName().toString())) {
          removeDirectory(slot);
        }
      }
    }
  }

  private static void removeDirectory(Path directory) throws IOException {
    try (var files = Files.newDirectoryStream(directory)) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    Files.delete(directory);
  }

  /// Makes it a standby, from its next start on. Its data directory is a clone of its source's.
  public void becomeStandby(Standby standby) throws IOException {
    files().prepare(account);
    write(ServerSettings.STANDBY, standby.conf());
    var signal = files().data().resolve(STANDBY_SIGNAL);
    Files.createFile(signal);
    account.own(signal);
  }

  /// Whether its files are those of a standby, be it running or not.
  public boolean isStandby() {
    return isStandby(files().data());
  }

  /// The same of any data directory.
  public static boolean isStandby(Path data) {
    return Files.exists(data.resolve(STANDBY_SIGNAL));
  }

  /// Ends that the server, which runs, is a standby.
  public void promote() throws IOException {
    try (var session = process.session()) {
      session.promote();
    }
  }

  /// Whether it was a standby, and [#forgetSource] has not ended that.
  public boolean wasStandby() {
    return !isStandby() && Files.exists(standbySettings());
  }

  /// Makes it a server like any other, once its source has forgotten it.
  public void forgetSource() throws IOException {
    Files.deleteIfExists(standbySettings());
    try (var session = process.session()) {
      session.reload();
    }
  }

  private Path standbySettings() {
    return files().settings().resolve(ServerSettings.STANDBY);
  }

  /// Where its private socket is, if it runs: the port is part of the name.
  public OptionalInt port() throws IOException {
    return process.postmaster().stream().mapToInt(Postmaster::port).findFirst();
  }

  /// Makes the directory that the log belongs into which is to be replayed.
  public Path replayFolder() throws IOException {
    var folder = Files.createDirectory(files().data().resolveSibling(Replay.FOLDER));
    account.letPass(folder);
    return folder;
  }

  /// Replays the log in [#replayFolder] until that moment: of what was committed, all up to it and
  /// nothing after it. The server does not run afterwards, has a timeline of its own, and needs the
  /// folder no more.
  ///
  /// @param parameters in place of the engine's settings
  public void replayUntil(Instant moment, Map<String, String> parameters) throws IOException {
    var signal = files().data().resolve("recovery.signal");
    Files.createFile(signal);
    account.own(signal);
    var replay = new Replay(moment, parameters);
    try {
      startPrivately(replay.settings());
    } catch (IOException e) {
      if (!Replay.endedEarly(e)) {
        throw e;
      }
      startPrivately(replay.settingsToTheEnd());
    }
    process.stop();
  }

  private ServerFiles files() {
    return process.files();
  }
}
