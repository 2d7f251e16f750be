package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.http.AccessKey;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.state.TwinFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The engine's key pair, in the form of the AWS shared credentials file. Only its owner reads it.
/// It has a copy: clients, and sessions, have keys that no other pair would do for.
final class CredentialsFile {

  /// With the end of the last line: a secret that was cut off looks like a shorter one.
  private static final Pattern FORM =
      Pattern.compile(
          "\\[default]\\s+aws_access_key_id = (\\S+)\\s+aws_secret_access_key = (\\S+)\\s*\\n");

  private CredentialsFile() {}

  /// The key pair; made on the first start.
  ///
  /// @throws IOException where the file cannot be opened
  /// @throws StateException where neither the file nor its copy holds one, with what to do
  static AccessKey readOrMake(Path file) throws IOException {
    if (!TwinFile.isThere(file)) {
      var key = AccessKey.generate();
      var text =
          "[default]%naws_access_key_id = %s%naws_secret_access_key = %s%n"
              .formatted(key.id(), key.secret());
      AtomicFile.writeTwice(file, text.getBytes(StandardCharsets.UTF_8));
    }
    try {
      return TwinFile.kept(file, CredentialsFile::key);
    } catch (IOException e) {
      if (TwinFile.isClosed(e)) {
        throw e;
      }
      throw damaged(file, e);
    }
  }

  /// @throws IOException where there is none
  /// @throws StateException for files that hold something else, with what to do
  static AccessKey read(Path file) throws IOException {
    try {
      return TwinFile.read(file, CredentialsFile::key);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw damaged(file, e);
    }
  }

  private static AccessKey key(byte[] content) throws IOException {
    var matcher = FORM.matcher(new String(content, StandardCharsets.UTF_8));
    if (!matcher.matches() || !AccessKey.isOne(matcher.group(1), matcher.group(2))) {
      throw new IOException("it holds no pair of keys");
    }
    return new AccessKey(matcher.group(1), matcher.group(2));
  }

  private static StateException damaged(Path file, IOException e) {
    return new StateException(
        "%s does not hold the engine's keys any more, nor does its copy %s. Put one of them back as it was; or end the engine, where it runs (its process, by SIGTERM), remove both files and start the engine again: it makes new keys, which 'env' prints."
            .formatted(file, AtomicFile.copy(file).getFileName()),
        e);
  }
}
