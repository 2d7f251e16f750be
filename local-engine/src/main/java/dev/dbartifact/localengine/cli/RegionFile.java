package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.TwinFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The Region that a data directory pretends to be in. It stands in every ARN, so it never changes,
/// and has a copy.
final class RegionFile {

  /// Not us-east-1: there version 1 of the AWS command line calls rds.amazonaws.com, whatever
  /// AWS_ENDPOINT_URL says.
  private static final String DEFAULT = "us-west-2";

  static final String FORM = "[a-z]{2}(-[a-z]+)+-[0-9]";

  private RegionFile() {}

  static String read(EngineDirectory directory) throws IOException {
    return TwinFile.read(directory.region(), content -> region(directory, content));
  }

  /// One that is cut off ends in no digit.
  private static String region(EngineDirectory directory, byte[] content) throws IOException {
    var text = new String(content, StandardCharsets.UTF_8).strip();
    if (!text.matches(FORM)) {
      throw new IOException(
          "%s does not hold a Region such as %s any more, nor does its copy %s. Write the engine's Region into it: it stands in every ARN, and the engine had %s unless --region chose another."
              .formatted(
                  directory.region(),
                  DEFAULT,
                  AtomicFile.copy(directory.region()).getFileName(),
                  DEFAULT));
    }
    return text;
  }

  /// @param wanted null for the one of the directory
  static String readOrMake(EngineDirectory directory, String wanted) throws IOException {
    var file = directory.region();
    if (!TwinFile.isThere(file)) {
      var chosen = wanted == null ? DEFAULT : wanted;
      AtomicFile.writeTwice(file, (chosen + "\n").getBytes(StandardCharsets.UTF_8));
    }
    var region = TwinFile.kept(file, content -> region(directory, content));
    if (wanted != null && !wanted.equals(region)) {
      throw new IOException(
          "%s is in Region %s, not %s. Leave out --region, or choose another --data-dir."
              .formatted(directory, region, wanted));
    }
    return region;
  }
}
