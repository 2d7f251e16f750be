package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.StateException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The engine's key pair, in the form of the AWS shared credentials file. Only its owner reads it.
final class CredentialsFile {

  private static final Pattern FORM =
      Pattern.compile(
          "\\[default]\\s+aws_access_key_id = (\\S+)\\s+aws_secret_access_key = (\\S+)\\s*");

  private CredentialsFile() {}

  /// The key pair; made on the first start.
  static AccessKey readOrMake(Path file) throws IOException {
    if (!Files.exists(file)) {
      var key = AccessKey.generate();
      var text =
          "[default]%naws_access_key_id = %s%naws_secret_access_key = %s%n"
              .formatted(key.id(), key.secret());
      AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
    return read(file);
  }

  /// @throws StateException for a file that holds something else, with what to do
  static AccessKey read(Path file) throws IOException {
    var matcher = FORM.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    if (!matcher.matches() || !AccessKey.isOne(matcher.group(1), matcher.group(2))) {
      throw new StateException(
          file
              + " does not hold the engine's keys any more. Put it back as it was; or end the engine,"
              + " where it runs (its process, by SIGTERM), remove the file and start the engine again:"
              + " it makes new keys, which 'env' prints.");
    }
    return new AccessKey(matcher.group(1), matcher.group(2));
  }
}
