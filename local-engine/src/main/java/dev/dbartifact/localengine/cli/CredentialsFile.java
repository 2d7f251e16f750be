package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.state.AtomicFile;
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

  static AccessKey read(Path file) throws IOException {
    var matcher = FORM.matcher(Files.readString(file));
    if (!matcher.matches()) {
      throw new IOException(
          file + " does not hold the engine's keys any more; remove it to have new ones made");
    }
    return new AccessKey(matcher.group(1), matcher.group(2));
  }
}
