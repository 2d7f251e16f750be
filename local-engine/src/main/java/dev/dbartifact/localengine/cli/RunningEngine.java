package dev.dbartifact.localengine.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dbartifact.localengine.StatusService;
import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.http.SignedGet;
import dev.dbartifact.localengine.state.AtomicFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// An engine that answers.
///
/// @param region where it pretends to be
record RunningEngine(URI endpoint, String region, AccessKey key, StatusService.Report report) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern ANNOUNCEMENT =
      Pattern.compile("(http://[0-9.]+:[0-9]{1,5}) ([a-z0-9-]+)");

  /// A file system with many clones takes a while to say what each of them shares.
  private static final Duration MEASURING = Duration.ofMinutes(2);

  /// Tells others where the engine answers.
  static void announce(EngineDirectory directory, URI endpoint, String region) {
    AtomicFile.write(
        directory.address(), (endpoint + " " + region + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static void withdraw(EngineDirectory directory) {
    AtomicFile.remove(directory.address());
  }

  /// The engine of this directory, if it runs and answers.
  static Optional<RunningEngine> find(EngineDirectory directory) {
    try {
      var said = ANNOUNCEMENT.matcher(Files.readString(directory.address()).strip());
      if (!said.matches()) {
        return Optional.empty();
      }
      var endpoint = URI.create(said.group(1));
      var region = said.group(2);
      var key = CredentialsFile.read(directory.credentials());
      var report = SignedGet.fetch(endpoint, region, StatusService.NAME, key);
      return Optional.of(
          new RunningEngine(
              endpoint, region, key, JSON.readValue(report, StatusService.Report.class)));
    } catch (IOException e) {
      // Not announced, or gone without a word, or someone else has the port by now.
      return Optional.empty();
    }
  }

  /// The same, with what the volumes take.
  ///
  /// @throws IOException if it has gone meanwhile
  RunningEngine measured() throws IOException {
    var said =
        SignedGet.fetch(
            endpoint, StatusService.MEASURED, region, StatusService.NAME, key, MEASURING);
    return new RunningEngine(
        endpoint, region, key, JSON.readValue(said, StatusService.Report.class));
  }
}
