package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.crash.CrashPoint;
import dev.dbartifact.localengine.program.ServerAccount;
import dev.dbartifact.localengine.program.ServerEnvironment;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/// MariaDB on one data directory: makes its content, and starts it.
///
/// @param account that it runs as
public record MariaDbServer(
    MariaDbProcess process, MariaDbInstallation installation, ServerAccount account) {
  private static final Duration START_LIMIT = Duration.ofMinutes(10);
  private static final Duration POLL = Duration.ofMillis(1);
  private static final int NO_PORT = 3306;

  /// Fills the data directory, which must not exist, with an empty database that only the engine
  /// can enter.
  public void initialise() throws IOException {
    runScript(new InitialTables(installation).sql(account.engineUser()));
  }

  /// Makes the user who may do everything that RDS lets its customers do, and the first database.
  public void add(MasterUser user) throws IOException {
    runScript(user.sql());
  }

  /// Starts it for one script that it reads from its standard input, and ends with.
  private void runScript(String sql) throws IOException {
    write(new MariaDbSettings(Optional.empty(), NO_PORT, Map.of(), files()));
    var log = new MariaDbLog(files());
    var position = log.position();
    var process =
        ServerEnvironment.only(
                new ProcessBuilder(
                    account.as(
                        command(
                            "--bootstrap",
                            "--log-warnings=0",
                            "--max-allowed-packet=8M",
                            "--net-buffer-length=16K"))))
            .redirectErrorStream(true)
            .redirectOutput(files().startLog().toFile())
            .start();
    try (var input = process.getOutputStream()) {
      input.write(sql.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // It ended before it had read everything, and has said why.
    }
    if (await(process) != 0) {
      throw log.explain(
          new IOException("it could not fill its files"), installation.version(), position);
    }
  }

  private static int await(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the engine is shutting down");
    }
  }

  private List<String> command(String... options) {
    var command = new ArrayList<String>();
    command.add(installation.program().toString());
    command.add("--defaults-file=" + files().conf());
    command.add("--basedir=" + installation.base());
    command.add(MariaDbProcess.mark(files().data()));
    command.addAll(Arrays.asList(options));
    return command;
  }

  private void write(MariaDbSettings settings) throws IOException {
    files().prepare(account);
    account.letRead(Files.writeString(files().conf(), settings.conf()));
  }

  /// Starts it for the engine alone: no address, only the private socket.
  public void startPrivately() throws IOException {
    start(new MariaDbSettings(Optional.empty(), NO_PORT, Map.of(), files()));
  }

  /// Starts it and waits until it takes logins. A server that already runs at this address is left
  /// alone, one at another address is started again.
  ///
  /// @param parameters in place of the engine's settings
  /// @throws dev.dbartifact.localengine.program.AddressTakenException if something else listens
  ///   there
  public void start(List<InetAddress> addresses, int port, Map<String, String> parameters)
      throws IOException {
    start(settings(addresses, port, parameters));
  }

  private MariaDbSettings settings(
      List<InetAddress> addresses, int port, Map<String, String> parameters) {
    return new MariaDbSettings(
        Optional.of(
            addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(","))),
        port,
        parameters,
        files());
  }

  private void start(MariaDbSettings settings) throws IOException {
    var running = process.pid();
    if (running.isPresent() && sameAddress(settings)) {
      process.thaw();
      awaitReadiness(ProcessHandle.of(running.get()));
      return;
    }
    process.stop();
    write(settings);
    launch();
  }

  /// What a server was started with stands in its settings.
  private boolean sameAddress(MariaDbSettings settings) throws IOException {
    var before = before();
    var now = OptionFile.parse(settings.conf());
    return List.of("bind_address", "port", "skip_networking").stream()
        .allMatch(name -> Objects.equals(before.get(name), now.get(name)));
  }

  private Map<String, String> before() throws IOException {
    try {
      return OptionFile.parse(Files.readString(files().conf()));
    } catch (NoSuchFileException e) {
      return Map.of();
    }
  }

  private void launch() throws IOException {
    var log = new MariaDbLog(files());
    var position = log.position();
    Files.deleteIfExists(files().socket());
    var launched =
        ServerEnvironment.only(new ProcessBuilder(account.detached(command())))
            .directory(files().settings().toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(files().startLog().toFile())
            .start();
    CrashPoint.SERVER_LAUNCHED.reached();
    try {
      awaitReadiness(Optional.of(launched.toHandle()));
    } catch (IOException e) {
      launched.destroyForcibly();
      throw log.explain(e, installation.version(), position);
    }
  }

  private void awaitReadiness(Optional<ProcessHandle> server) throws IOException {
    var deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!Readiness.reached(files().socket())) {
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

  /// Lets the running server take over what can change while it runs.
  public void reload(List<InetAddress> addresses, int port, Map<String, String> parameters)
      throws IOException {
    var settings = settings(addresses, port, parameters);
    var changed = changed(before(), OptionFile.parse(settings.conf()));
    write(settings);
    try (var session = session()) {
      session.set(changed);
    }
  }

  /// By the variables' names; null for what is not set any more.
  static Map<String, String> changed(Map<String, String> before, Map<String, String> now) {
    var changed = new LinkedHashMap<String, String>();
    before.forEach((name, value) -> {
      if (!now.containsKey(name)) {
        changed.put(MariaDbSettings.variable(name), null);
      }
    });
    now.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        changed.put(MariaDbSettings.variable(name), value);
      }
    });
    return changed;
  }

  /// A session with the running server, with all privileges.
  public MariaDbSession session() throws IOException {
    return process.session(account.engineUser());
  }

  /// Copies the files while the server stands still.
  public void whileFrozen(MariaDbProcess.Copying copying) throws IOException {
    process.whileFrozen(copying);
  }

  private MariaDbFiles files() {
    return process.files();
  }
}
