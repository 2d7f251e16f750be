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

  private RegionFile() {}

  static String read(EngineDirectory directory) throws IOException {
    return Files.readString(directory.region()).strip();
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
