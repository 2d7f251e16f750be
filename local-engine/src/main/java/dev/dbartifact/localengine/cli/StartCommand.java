package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.LocalEngine;
import dev.dbartifact.localengine.Reach;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.Listening;
import dev.dbartifact.localengine.rds.request.Home;
import dev.dbartifact.localengine.server.DatabaseHost;
import dev.dbartifact.localengine.server.HostException;
import dev.dbartifact.localengine.server.PostgresHost;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `start`: runs the engine until it is told to stop.
final class StartCommand {

  private static final Logger LOG = LoggerFactory.getLogger(StartCommand.class);
  private static final String ACCOUNT = "000000000000";
  private static final Duration MEMORY_LOOK = Duration.ofSeconds(5);

  private StartCommand() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var lock = EngineLock.take(arguments.directory());
    if (lock.isEmpty()) {
      terminal.err().println(alreadyRunning(arguments.directory()));
      return 1;
    }
    try (var _ = lock.get()) {
      try (var engine = open(arguments, real(PostgresHost.Options.defaults()))) {
        announce(arguments.directory(), engine);
        terminal
            .out()
            .printf(
                "The local engine answers at %s (data in %s). Stop it with Ctrl-C or: %s%n",
                engine.endpoint(),
                arguments.directory(),
                arguments.directory().commandLine("stop"));
        terminal.out().flush();
        waitForTheEnd(arguments, engine);
      }
    }
    return 0;
  }

  static String alreadyRunning(EngineDirectory directory) throws IOException, HostException {
    var running = RunningEngine.find(directory);
    if (running.isPresent()) {
      return "The local engine is already running at " + running.get().endpoint();
    }
    return StoppingEngine.find(directory)
        .map(engine -> engine.said(Clock.systemUTC()) + " 'stop' waits for it.")
        .orElse("Another local engine is starting or hanging in " + directory);
  }

  static void announce(EngineDirectory directory, LocalEngine engine) throws IOException {
    RunningEngine.announce(directory, engine.endpoint(), RegionFile.read(directory));
  }

  /// How an engine comes to its host.
  interface Opening {
    /// @param directory that of the engine
    Opened in(Path directory) throws HostException;
  }

  /// @param storage how it stores volumes, for people to read
  record Opened(DatabaseHost host, String storage) {}

  static Opening real(PostgresHost.Options options) {
    return directory -> {
      var host = PostgresHost.open(directory, options);
      return new Opened(host, host.storageKind());
    };
  }

  static LocalEngine open(Arguments arguments, Opening opening) throws IOException, HostException {
    var directory = arguments.directory();
    var key = CredentialsFile.readOrMake(directory.credentials());
    var region = RegionFile.readOrMake(directory, arguments.region());
    var names = NamesOfEndpoints.begin(directory, arguments.hostsFile());
    try {
      return open(arguments, opening, names, new Home(region, ACCOUNT), key);
    } catch (BindException e) {
      throw cannotListen(arguments.exposure().listening(arguments.port()), e);
    }
  }

  /// One that does not start leaves no names behind.
  private static LocalEngine open(
      Arguments arguments,
      Opening opening,
      Optional<NamedEndpoints> names,
      Home home,
      AccessKey key)
      throws IOException, HostException {
    var directory = arguments.directory();
    try {
      // The host waits for programs, most of the time.
      Thread.startVirtualThread(LocalEngine::prepare);
      var opened = opening.in(directory.root());
      return LocalEngine.start(
          options(arguments, names, home, key, opened.storage()), opened.host());
    } catch (IOException | HostException | RuntimeException e) {
      NamesOfEndpoints.endIfPossible(directory, LOG::warn);
      throw e;
    }
  }

  private static LocalEngine.Options options(
      Arguments arguments,
      Optional<NamedEndpoints> names,
      Home home,
      AccessKey key,
      String storageKind) {
    return new LocalEngine.Options(
        arguments.directory().memory(),
        new Reach(
            arguments.exposure().listening(arguments.port()),
            arguments.exposure().clusters(),
            names),
        home,
        key,
        // AWS shows times in milliseconds.
        Clock.tickMillis(ZoneOffset.UTC),
        storageKind,
        arguments.pace(),
        arguments.misbehaviour(),
        arguments.maxClusters().orElseGet(Memory::clusters));
  }

  static IOException cannotListen(Listening where, BindException failure) {
    var said = String.valueOf(failure.getMessage());
    var why =
        said.contains("Cannot assign requested address")
            ? "this machine does not have that address. Give one of its own with --listen; 'ip address' lists them."
            : said.contains("Permission denied")
                ? "user '%s' may not take a port that low. Give one from 1024 on with --port, or run the engine as root."
                    .formatted(System.getProperty("user.name"))
                : "another program has that port. Stop it, or give another one with --port.";
    var address = where.address().getHostAddress();
    return new IOException(
        "Could not listen on %s:%d: %s".formatted(address, where.port(), why), failure);
  }

  /// A signal ends the process by its shutdown hooks, so that is where the engine is closed.
  private static void waitForTheEnd(Arguments arguments, LocalEngine engine)
      throws InterruptedException {
    LastingLogManager.open();
    var never = new CountDownLatch(1);
    var closed = new AtomicBoolean();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (closed.compareAndSet(false, true)) {
                    StoppingEngine.announce(arguments.directory(), Clock.systemUTC());
                    engine.close();
                    // The next start or stop tries again.
                    NamesOfEndpoints.endIfPossible(arguments.directory(), LOG::warn);
                    RunningEngine.withdraw(arguments.directory());
                    StoppingEngine.withdraw(arguments.directory());
                    // A stop that was asked for is no failure.
                    Runtime.getRuntime().halt(0);
                  }
                },
                "close-engine"));
    var memory = SpareMemory.ofThisProcess();
    while (!never.await(MEMORY_LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
      memory.look();
    }
  }
}
