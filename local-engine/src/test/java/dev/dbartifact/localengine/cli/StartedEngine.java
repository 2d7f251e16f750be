package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.LocalEngine;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.server.DatabaseHost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// An engine that was started as the command line does it, with all that it keeps in its data
/// directory, over whatever host; for the tests of other packages.
public record StartedEngine(
    EngineDirectory directory, EngineLock lock, LocalEngine engine, AccessKey key)
    implements AutoCloseable {

  /// @param hostsFile that names the endpoints
  public static StartedEngine start(Path dataDirectory, Path hostsFile, DatabaseHost host)
      throws Exception {
    var words =
        List.of(
            "--data-dir",
            dataDirectory.toString(),
            "--port",
            "0",
            "--endpoint-names",
            hostsFile.toString());
    var arguments = Arguments.parse(Command.START, words, Map.of());
    var directory = arguments.directory();
    var lock = EngineLock.take(directory).orElseThrow();
    try {
      var engine = StartCommand.open(arguments, _ -> new StartCommand.Opened(host, "memory"));
      StartCommand.announce(directory, engine);
      return new StartedEngine(
          directory, lock, engine, CredentialsFile.read(directory.credentials()));
    } catch (Exception e) {
      lock.close();
      throw e;
    }
  }

  /// What its command line says of where it is.
  public String announced() {
    return RunningEngine.find(directory)
        .map(found -> found.region() + found.key().secret())
        .orElse("");
  }

  @Override
  public void close() throws IOException {
    try (lock) {
      engine.close();
      NamesOfEndpoints.end(directory);
      RunningEngine.withdraw(directory);
    }
  }
}
