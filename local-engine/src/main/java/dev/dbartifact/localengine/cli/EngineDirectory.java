package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.state.AtomicFile;
import dev.dbartifact.localengine.volume.Trees;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/// The directory in which one engine keeps everything.
///
/// @param standard whether it is the one of commands that name none
record EngineDirectory(Path root, boolean standard) {

  private static final String NAME = "db-artifact-local";

  /// What a new file system of the kind ext4 has in it.
  private static final String OF_FILE_SYSTEM = "lost+found";

  /// `$XDG_DATA_HOME/db-artifact-local`, below `~/.local/share` where that is not set. For root it
  /// is below `/var/lib`: the database servers run as another user, who cannot reach root's home.
  static EngineDirectory standard(Map<String, String> environment) {
    var data = environment.getOrDefault("XDG_DATA_HOME", "");
    if (!data.isEmpty()) {
      return new EngineDirectory(Path.of(data, NAME), true);
    }
    if ("root".equals(System.getProperty("user.name"))) {
      return new EngineDirectory(Path.of("/var/lib", NAME), true);
    }
    return new EngineDirectory(
        Path.of(System.getProperty("user.home"), ".local", "share", NAME), true);
  }

  EngineDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /// One that is named.
  EngineDirectory(Path root) {
    this(root, false);
  }

  /// A command about this directory, as one types it.
  String commandLine(String command) {
    var line = "db-artifact-local " + command;
    return standard ? line : line + " --data-dir '" + root + "'";
  }

  boolean exists() {
    return Files.exists(lock());
  }

  /// Whether there is anything at this path.
  boolean isThere() {
    return Files.exists(root);
  }

  /// What another user's engine keeps is closed to us, and would look like nothing.
  ///
  /// @throws IOException that says whose it is and what to do
  void requireOwn(String user) throws IOException {
    if (user.equals("?")) {
      // What the JDK says of a user id that the system has no name for.
      throw new IOException(
          "This user has no name here, and database servers need one: add the user (useradd), or run the command as one that there is.");
    }
    try {
      var owner = Files.getOwner(root).getName();
      if (!user.equals("root") && !user.equals(owner)) {
        throw new IOException(
            "The engine in %s belongs to user '%s', and you are '%s'. Run the command as that user (sudo -u %s …), or name a data directory of your own with --data-dir."
                .formatted(root, owner, user, owner));
      }
    } catch (NoSuchFileException e) {
      // Nobody's yet.
    } catch (AccessDeniedException e) {
      throw closed(user);
    }
  }

  private IOException closed(String user) {
    return new IOException(
        "User '%s' has no permission for %s. Run the command as the user whose engine it is, or name a data directory of your own with --data-dir."
            .formatted(user, root));
  }

  /// @throws IOException also for a folder with other files in it: `reset` could not tell them from
  ///   the engine's
  void make() throws IOException {
    if (!exists() && Files.isDirectory(root)) {
      requireNobodyElses();
    }
    try {
      // Others may pass, to the files of the database servers, but not look.
      var passable = PosixFilePermissions.fromString("rwx--x--x");
      var isNew = !isThere();
      Files.createDirectories(root, PosixFilePermissions.asFileAttribute(passable));
      if (isNew) {
        // Whatever the umask has taken away.
        Files.setPosixFilePermissions(root, passable);
      }
    } catch (AccessDeniedException e) {
      throw closed(System.getProperty("user.name"));
    } catch (IOException e) {
      throw new IOException("Could not make the data directory " + root + ": " + Reason.of(e), e);
    }
  }

  private void requireNobodyElses() throws IOException {
    var other =
        entries().stream().filter(each -> !each.toString().equals(OF_FILE_SYSTEM)).findFirst();
    if (other.isPresent()) {
      throw new IOException(
          "%s is not empty and holds no engine, but '%s'; name a folder that is new, or empty, such as %s"
              .formatted(root, other.get(), root.resolve("engine")));
    }
  }

  boolean isEmpty() throws IOException {
    return entries().isEmpty();
  }

  private List<Path> entries() throws IOException {
    try (var entries = Files.list(root)) {
      return entries.map(Path::getFileName).sorted().toList();
    }
  }

  /// Removes the engine's own files, their copies and drafts, and the folder if nothing else is in
  /// it. The lock goes last: it is the sign of an engine.
  void erase() throws IOException {
    for (var own :
        List.of(
            memory(),
            address(),
            stopping(),
            region(),
            hostsFile(),
            names(),
            endpointAccount(),
            log(),
            credentials(),
            lock())) {
      Trees.delete(own);
      Trees.delete(AtomicFile.copy(own));
      for (var draft : AtomicFile.drafts(own)) {
        Trees.delete(draft);
      }
    }
    if (isEmpty()) {
      Files.delete(root);
    }
  }

  Path memory() {
    return root.resolve("state");
  }

  Path lock() {
    return root.resolve("engine.lock");
  }

  /// Where the engine says how it can be reached, while it runs.
  Path address() {
    return root.resolve("endpoint");
  }

  /// Where the engine says that it is stopping, until it has stopped.
  Path stopping() {
    return root.resolve("stopping");
  }

  Path region() {
    return root.resolve("region");
  }

  /// Where it stands which hosts file names the endpoints, while one does.
  Path hostsFile() {
    return root.resolve("hosts-file");
  }

  /// The folder of [#ownHosts], which holds nothing else.
  Path names() {
    return root.resolve("names");
  }

  /// The engine's own hosts file, which says the same as the one that was asked for.
  Path ownHosts() {
    return names().resolve("hosts");
  }

  Path endpointAccount() {
    return root.resolve("endpoint-account");
  }

  Path log() {
    return root.resolve("engine.log");
  }

  Path credentials() {
    return root.resolve("credentials");
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
