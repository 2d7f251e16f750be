package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The operating system's user that database servers run as. They refuse to run as root, so root
/// hands over to the user `postgres` or, where there is none, `nobody`. Everybody else runs servers
/// as themselves.
public final class ServerAccount {
  private static final List<String> CANDIDATES = List.of("postgres", "nobody");

  /// The field of the file of users.
  private static final int GROUP = 3;

  private final String engineUser;
  private final Optional<Other> other;

  private ServerAccount(String engineUser, Optional<Other> other) {
    this.engineUser = engineUser;
    this.other = other;
  }

  /// Another user than the one the engine runs as.
  private record Other(String user, String group) {}

  /// The account for servers that this engine starts.
  ///
  /// @throws IOException if the engine runs as root, and this machine has none of the users
  public static ServerAccount find() throws IOException {
    return find(System.getProperty("user.name"), ServerAccount::groupOf);
  }

  /// The users of a machine.
  interface Users {
    /// The name or number of a user's own group; none where there is no such user.
    Optional<String> group(String user) throws IOException;
  }

  static ServerAccount find(String engineUser, Users users) throws IOException {
    if (!engineUser.equals("root")) {
      return new ServerAccount(engineUser, Optional.empty());
    }
    for (var candidate : CANDIDATES) {
      var group = users.group(candidate);
      if (group.isPresent()) {
        return new ServerAccount(engineUser, Optional.of(new Other(candidate, group.get())));
      }
    }
    throw new IOException(
        "Database servers cannot run as root, and this machine has neither a user 'postgres' nor 'nobody' to run them as. Add one (useradd --system postgres), or run the engine as another user than root");
  }

  /// By its number. Nearly always it stands in the file that is read first (passwd(5)), and reading
  /// that takes no time, unlike a program.
  private static Optional<String> groupOf(String user) throws IOException {
    for (var line : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
      var fields = line.split(":");
      if (fields[0].equals(user) && fields.length > GROUP) {
        return Optional.of(fields[GROUP]);
      }
    }
    return exists(user)
        ? Optional.of(Program.run("id", "--group", user).strip())
        : Optional.empty();
  }

  private static boolean exists(String user) throws IOException {
    try {
      Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user);
      return true;
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }

  /// The user that the engine itself runs as.
  public String engineUser() {
    return engineUser;
  }

  /// The user that servers run as.
  public String serverUser() {
    return other.map(Other::user).orElse(engineUser);
  }

  /// The same command, run as this account and detached from the engine's terminal, so that Ctrl-C
  /// there reaches the engine only. The process keeps its id: both programs in front replace
  /// themselves by the next.
  public List<String> detached(List<String> command) {
    var line = new ArrayList<>(List.of("setsid"));
    line.addAll(as(command));
    return line;
  }

  /// The same command, run as this account.
  public List<String> as(List<String> command) {
    var line = new ArrayList<String>();
    other.ifPresent(account ->
        line.addAll(
            List.of(
                "setpriv",
                "--reuid=" + account.user(),
                "--regid=" + account.group(),
                "--clear-groups",
                "--no-new-privs")));
    line.addAll(command);
    return line;
  }

  /// Gives a file or directory to this account.
  public void own(Path path) throws IOException {
    if (other.isPresent()) {
      var users = path.getFileSystem().getUserPrincipalLookupService();
      var view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
      view.setOwner(users.lookupPrincipalByName(other.get().user()));
      view.setGroup(users.lookupPrincipalByGroupName(other.get().group()));
    }
  }

  /// Lets this account pass through a directory of the engine's, whatever the engine's file mode
  /// mask.
  public void letPass(Path directory) throws IOException {
    if (other.isPresent()) {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
  }

  /// Makes a folder, unless it is there, through which servers get to what lies in it.
  public void makePassable(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      letPass(directory);
    }
  }

  /// Makes a folder, unless it is there, that is the servers' own and closed to everybody else.
  /// Whose it is comes last: an engine that was killed has left one that servers cannot use.
  public void makeClosed(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectory(directory);
      close(directory);
    } else if (other.isPresent() && !isOwn(directory)) {
      close(directory);
    }
  }

  private boolean isOwn(Path directory) throws IOException {
    var owner = Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS);
    return owner.getName().equals(serverUser());
  }

  private void close(Path directory) throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    own(directory);
  }

  /// Lets this account read a file of the engine's, whatever the engine's file mode mask.
  public void letRead(Path file) throws IOException {
    if (other.isPresent()) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
  }

  /// Checks that servers will be able to reach their files.
  ///
  /// @throws IOException that says what to do, if a directory on the way is closed to this account
  public void requireReach(Path directory) throws IOException {
    if (other.isPresent() && !isOpenToAll(directory)) {
      try {
        Program.run(
            as(
                List.of(
                    Program.find("test").orElse(Path.of("/usr/bin/test")).toString(),
                    "-x",
                    directory.toString())));
      } catch (IOException e) {
        throw new IOException(
            "The database servers run as user '%s', which cannot reach %s. Choose a directory below /var/lib or /srv, or open the way with chmod o+x"
                .formatted(other.get().user(), directory),
            e);
      }
    }
  }

  /// As directories are, as a rule. Otherwise only the account itself can tell.
  private static boolean isOpenToAll(Path directory) throws IOException {
    for (var each = directory; each != null; each = each.getParent()) {
      if (!Files.getPosixFilePermissions(each).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return true;
  }
}
