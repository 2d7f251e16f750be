package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.state.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/// The Region that a data directory pretends to be in. It stands in every ARN, so it never changes.
final class RegionFile {

  /// Not us-east-1: there version 1 of the AWS command line calls rds.amazonaws.com, whatever
  /// AWS_ENDPOINT_URL says.
  private static final String DEFAULT = "us-west-2";

  static final String FORM = "[a-z]{2}(-[a-z]+)+-[0-9]";

  private RegionFile() {}

  static String read(EngineDirectory directory) throws IOException {
    var text = new String(Files.readAllBytes(directory.region()), StandardCharsets.UTF_8).strip();
    if (!text.matches(FORM)) {
      throw new IOException(
          "%s does not hold a Region such as %s any more. Write the engine's Region into it: it stands in every ARN, and the engine had %s unless --region chose another."
              .formatted(directory.region(), DEFAULT, DEFAULT));
    }
    return text;
  }

  /// @param wanted null for the one of the directory
  static String readOrMake(EngineDirectory directory, String wanted) throws IOException {
    if (!Files.exists(directory.region())) {
      var chosen = wanted == null ? DEFAULT : wanted;
      AtomicFile.write(directory.region(), (chosen + "\n").getBytes(StandardCharsets.UTF_8));
    }
    var region = read(directory);
    if (wanted != null && !wanted.equals(region)) {
      throw new IOException(
          "%s is in Region %s, not %s. Leave out --region, or choose another --data-dir."
              .formatted(directory, region, wanted));
    }
    return region;
  }
}
