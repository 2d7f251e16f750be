package dev.dbartifact.localengine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.StatusService;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.SignedCall;
import dev.dbartifact.localengine.state.AtomicFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An engine that answers.
///
/// @param region where it pretends to be
record RunningEngine(URI endpoint, String region, AccessKey key, StatusService.Report report) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile("(http://[0-9.]+:[0-9]{1,5}) ([a-z0-9-]+)");

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// A file system with many clones takes a while to say what each of them shares.
  private static final Duration MEASURING = Duration.ofMinutes(2);

  /// Tells others where the engine answers. One that was killed may have said the same, and need
  /// not be repeated on a disk that is full since.
  static void announce(EngineDirectory directory, URI endpoint, String region) throws IOException {
    var said = announcement(directory).map(Matcher::group);
    var announced = endpoint + " " + region;
    if (!said.equals(Optional.of(announced))) {
      AtomicFile.write(directory.address(), (announced + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  static void withdraw(EngineDirectory directory) {
    AtomicFile.remove(directory.address());
  }

  /// Where the engine of this directory answers, or did when it was killed; empty where none says
  /// so.
  private static Optional<Matcher> announcement(EngineDirectory directory) throws IOException {
    return Files.exists(directory.address())
        ? Optional.of(ANNOUNCEMENT.matcher(Files.readString(directory.address()).strip()))
            .filter(Matcher::matches)
        : Optional.empty();
  }

  /// The engine of this directory, if it runs and answers.
  static Optional<RunningEngine> find(EngineDirectory directory) {
    try {
      return ask(directory, "/", PATIENCE);
    } catch (IOException e) {
      // Gone without a word, or someone else has the port by now.
      return Optional.empty();
    }
  }

  /// The same.
  ///
  /// @throws IOException that says how to start it, if it does not run
  static RunningEngine require(EngineDirectory directory) throws IOException {
    var engine = find(directory);
    if (engine.isEmpty()) {
      throw new IOException(
          "The local engine is not running (data in %s); start it with: %s"
              .formatted(directory, howToStart(directory)));
    }
    return engine.get();
  }

  /// Asks it to do something of its own, and answers what it says, be that good or bad.
  ///
  /// @param patience how long that may take
  String post(String path, String body, Duration patience) throws IOException {
    return SignedCall.post(endpoint.resolve(path), body, region, StatusService.NAME, key, patience)
        .body();
  }

  /// The same, with what the volumes take.
  ///
  /// @throws IOException if it answers, and could not measure
  static Optional<RunningEngine> findMeasured(EngineDirectory directory) throws IOException {
    try {
      return ask(directory, StatusService.MEASURED, MEASURING);
    } catch (IOException e) {
      if (find(directory).isPresent()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static Optional<RunningEngine> ask(
      EngineDirectory directory, String path, Duration patience) throws IOException {
    var said = announcement(directory);
    if (said.isEmpty()) {
      return Optional.empty();
    }
    var endpoint = URI.create(said.get().group(1));
    var region = said.get().group(2);
    var key = CredentialsFile.read(directory.credentials());
    var report = SignedCall.get(endpoint, path, region, StatusService.NAME, key, patience);
    return Optional.of(
        new RunningEngine(
            endpoint, region, key, JSON.readValue(report, StatusService.Report.class)));
  }

  /// How it misbehaves, as JSON.
  String misbehaviour() throws IOException {
    return SignedCall.get(
        endpoint, StatusService.MISBEHAVIOUR, region, StatusService.NAME, key, PATIENCE);
  }

  /// What to type for an engine that does not run. The port is known where it was killed.
  static String howToStart(EngineDirectory directory) throws IOException {
    var port =
        announcement(directory)
            .map(said -> URI.create(said.group(1)).getPort())
            .filter(last -> last != Arguments.DEFAULT_PORT);
    return directory.commandLine("start --detach") + port.map(last -> " --port " + last).orElse("");
  }
}
