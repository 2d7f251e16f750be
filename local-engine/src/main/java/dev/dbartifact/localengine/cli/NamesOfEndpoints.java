package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.hosts.HostsFile;
import dev.dbartifact.localengine.hosts.NamedEndpoints;
import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.state.StateException;
import dev.dbartifact.localengine.state.TwinFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The names of endpoints, which an engine has while it runs with `--endpoint-names`, and the file
/// that says where they lead. The data directory holds which file that is, so that an engine that
/// was killed leaves nothing there for good.
final class NamesOfEndpoints {

  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";

  private NamesOfEndpoints() {}

  /// @param wanted the file that is to name them, if one is
  /// @throws IOException also where names stay in a former file
  static Optional<NamedEndpoints> begin(EngineDirectory directory, Optional<Path> wanted)
      throws IOException {
    if (!wanted.equals(remembered(directory))) {
      end(directory);
    }
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    var file = wanted.get();
    AtomicFile.writeTwice(directory.hostsFile(), (file + "\n").getBytes(StandardCharsets.UTF_8));
    var account = readOrMakeAccount(directory);
    makeOwnFolder(directory.names());
    return Optional.of(
        new NamedEndpoints(
            account, new HostsFile(file, account), new HostsFile(directory.ownHosts(), account)));
  }

  /// Everybody may read the names, as they may those in `/etc/hosts`, whatever the umask is.
  private static void makeOwnFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Removes what an engine of this directory has left in a hosts file. Idempotent.
  ///
  /// @throws IOException that names the file, and says what to do
  static void end(EngineDirectory directory) throws IOException {
    var file = remembered(directory);
    if (file.isPresent()) {
      var account = readOrMakeAccount(directory);
      try {
        // The folder stays: a container that runs has it as a mount.
        new HostsFile(directory.ownHosts(), account).clear();
        new HostsFile(file.get(), account).clear();
      } catch (IOException e) {
        throw notRemoved(file.get(), account, e);
      }
      AtomicFile.removeBoth(directory.hostsFile());
    }
  }

  private static IOException notRemoved(Path file, String account, IOException e) {
    return new IOException(
        "Could not remove the names of endpoints from %s: %s. Run the command as a user who may write that file, or remove the lines between the marks 'db-artifact-local %s' by hand."
            .formatted(file, Reason.of(e), account),
        e);
  }

  /// The same, where something else matters more: names that lead nowhere are no reason to keep an
  /// engine from stopping.
  ///
  /// @param warnings take what could not be done
  static void endIfPossible(EngineDirectory directory, Consumer<String> warnings) {
    try {
      end(directory);
    } catch (IOException e) {
      warnings.accept(Reason.of(e));
    } catch (StateException e) {
      warnings.accept(e.getMessage());
    }
  }

  /// @throws IOException that says what to do where neither the file nor its copy tells
  private static Optional<Path> remembered(EngineDirectory directory) throws IOException {
    var file = directory.hostsFile();
    if (!TwinFile.isThere(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(TwinFile.recovered(file, NamesOfEndpoints::path));
    } catch (IOException e) {
      if (TwinFile.isClosed(e)) {
        throw e;
      }
      throw new IOException(
          "%s does not hold the path of a hosts file any more, nor does its copy %s. Write into it where the engine's names are; or remove both files, and the lines between the marks 'db-artifact-local' by hand."
              .formatted(file, AtomicFile.copy(file).getFileName()),
          e);
    }
  }

  /// With the end of the line: a path that was cut off is that of another file.
  private static Path path(byte[] content) throws IOException {
    var text = new String(content, StandardCharsets.UTF_8);
    if (!text.endsWith("\n") || text.isBlank()) {
      throw new IOException("it was cut off");
    }
    try {
      var path = Path.of(text.strip());
      if (path.isAbsolute()) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new IOException("it holds no path", e);
    }
    throw new IOException("it holds no absolute path");
  }

  /// What the names have in place of an account: as long as the directory is there, they do not
  /// change, and those of another one differ.
  private static String readOrMakeAccount(EngineDirectory directory) throws IOException {
    var file = directory.endpointAccount();
    if (!TwinFile.isThere(file)) {
      AtomicFile.writeTwice(file, (anyAccount() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return TwinFile.kept(file, content -> account(file, content));
  }

  private static String account(Path file, byte[] content) throws IOException {
    var account = new String(content, StandardCharsets.UTF_8).strip();
    if (!account.matches(NamedEndpoints.ACCOUNT_FORM)) {
      throw new IOException(
          "%s does not hold 12 letters and digits any more, such as c1sofdji2amj, nor does its copy %s. Remove both: the endpoints get other names then."
              .formatted(file, AtomicFile.copy(file).getFileName()));
    }
    return account;
  }

  /// Those of AWS begin with a c.
  private static String anyAccount() {
    return new SecureRandom()
        .ints(11, 0, LETTERS.length())
        .mapToObj(at -> LETTERS.substring(at, at + 1))
        .collect(Collectors.joining("", "c", ""));
  }
}
