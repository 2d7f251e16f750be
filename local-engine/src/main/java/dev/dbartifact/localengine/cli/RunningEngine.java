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
import java.util.Optional;

/// An engine that answers.
///
/// @param region where it pretends to be
record RunningEngine(URI endpoint, String region, AccessKey key, StatusService.Report report) {

  private static final ObjectMapper JSON = new ObjectMapper();

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
      var address = Files.readString(directory.address()).strip().split(" ");
      var endpoint = URI.create(address[0]);
      var key = CredentialsFile.read(directory.credentials());
      var report = SignedGet.fetch(endpoint, StatusService.NAME, key);
      return Optional.of(
          new RunningEngine(
              endpoint, address[1], key, JSON.readValue(report, StatusService.Report.class)));
    } catch (IOException e) {
      // Not announced, or gone without a word, or someone else has the port by now.
      return Optional.empty();
    }
  }
}
