package dev.dbartifact.localengine.mariadb;

import dev.dbartifact.localengine.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The MariaDB server of this machine.
///
/// @param version full version, such as `10.11.19`
/// @param program the server
/// @param scripts directory of the SQL that makes the system's tables
public record MariaDbInstallation(String version, Path program, Path scripts) {
  /// What to do where there is none.
  public static final String ADVICE =
      "Install MariaDB's server programs (Debian, Ubuntu: apt-get install mariadb-server-core;"
          + " Fedora: dnf install mariadb-server) or put mariadbd on the PATH, and start the local"
          + " engine again.";

  private static final List<Path> OFF_THE_PATH =
      List.of(Path.of("/usr/libexec/mariadbd"), Path.of("/usr/local/mariadb/bin/mariadbd"));
  private static final Pattern VERSION =
      Pattern.compile(".* Ver (\\d+\\.\\d+\\.\\d+)-MariaDB.*", Pattern.DOTALL);

  /// The first on the search path or where systems put it.
  public static Optional<MariaDbInstallation> find() throws IOException {
    var program =
        Program.find("mariadbd")
            .or(() -> OFF_THE_PATH.stream().filter(Files::isExecutable).findFirst());
    return program.isEmpty() ? Optional.empty() : inspect(program.get().toRealPath());
  }

  private static Optional<MariaDbInstallation> inspect(Path program) throws IOException {
    var scripts = scriptFolders(program).filter(InitialTables::areIn).findFirst();
    return scripts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MariaDbInstallation(
                version(Program.run(program.toString(), "--no-defaults", "--version")),
                program,
                scripts.get()));
  }

  /// Next to the program, as packages and archives lay it out.
  private static Stream<Path> scriptFolders(Path program) {
    var share = program.getParent().resolveSibling("share");
    return Stream.of(share.resolve("mysql"), share.resolve("mariadb"), share);
  }

  static String version(String answer) throws IOException {
    var version = VERSION.matcher(answer);
    if (!version.matches()) {
      throw new IOException(
          "mariadbd --version answered something else than a version: " + answer.strip());
    }
    return version.group(1);
  }

  /// The first two numbers of the version: servers of one series share the format of their files.
  public String series() {
    return series(version);
  }

  static String series(String version) {
    return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  /// Whether it can work on files that this version made.
  public boolean serves(String wanted) {
    return wanted.equals(version) || series(wanted).equals(series());
  }

  Path base() {
    return program.getParent().getParent();
  }
}
