package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.rds.report.ClusterReport;
import dev.dbartifact.localengine.tls.Authority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// mariadb, or mysql where only that is there.
record MariaDbClients(EngineDirectory directory, ClusterReport cluster) implements ServerClients {

  private static final String ADVICE =
      "a client of MariaDB (Debian, Ubuntu: apt-get install mariadb-client; Fedora: dnf install mariadb; macOS: brew install mariadb)";

  /// Programs take the password from it; see "MariaDB Environment Variables" in the Knowledge Base.
  private static final String PASSWORD = "MYSQL_PWD";

  @Override
  public int open(List<String> words, Terminal terminal) throws IOException, InterruptedException {
    var line = line(find(), words, hasPassword());
    return ClientProgram.run(program(line), null);
  }

  /// The options that say which files to read must be the first. Without them no file is read: what
  /// a user keeps there for another server would lead elsewhere, or be the wrong password.
  List<String> line(Path program, List<String> words, boolean hasPassword) {
    var files = words.stream().takeWhile(MariaDbClients::isAboutFiles).toList();
    var line = new ArrayList<>(List.of(program.toString()));
    line.addAll(files.isEmpty() ? List.of("--no-defaults") : files);
    line.addAll(login());
    if (!hasPassword && files.stream().noneMatch(MariaDbClients::isFile)) {
      line.add("--password");
    }
    line.addAll(words.subList(files.size(), words.size()));
    return line;
  }

  private static boolean isAboutFiles(String word) {
    return isFile(word) || word.equals("--no-defaults");
  }

  private static boolean isFile(String word) {
    return word.startsWith("--defaults-");
  }

  private static boolean hasPassword() {
    return System.getenv(PASSWORD) != null;
  }

  private List<String> login() {
    var login =
        new ArrayList<>(
            List.of(
                "--protocol=tcp",
                "--host=" + cluster.address(),
                "--port=" + cluster.port(),
                "--user=" + cluster.masterUsername()));
    var bundle = Authority.bundle(directory.root());
    if (Files.isReadable(bundle)) {
      // Or there is no TLS, which the server may want.
      login.add("--ssl-ca=" + bundle);
    }
    return login;
  }

  @Override
  public int load(Dump dump, Loading loading) throws IOException, InterruptedException {
    requireLoadable(dump, loading);
    var line = line(find(), options(loading), hasPassword());
    var builder = program(line).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    if (!dump.isPiped()) {
      builder.redirectInput(dump.path().toFile());
    }
    return ClientProgram.run(builder, dump.piped());
  }

  /// MySQL's client takes a password for another server from its own file of logins, whatever its
  /// options say; see "mysql_config_editor" in the MySQL Reference Manual.
  static ProcessBuilder program(List<String> line) {
    var builder = new ProcessBuilder(line).inheritIO();
    builder.environment().put("MYSQL_TEST_LOGIN_FILE", "/dev/null");
    return builder;
  }

  private void requireLoadable(Dump dump, Loading loading) throws IOException {
    var where = "cluster '%s' is %s".formatted(cluster.id(), cluster.engine());
    if (!dump.isPlain()) {
      throw new IOException(
          "Could not load %s: it is not SQL, and %s".formatted(dump.path(), where));
    }
    if (loading.asAdmin()) {
      throw new IOException(
          "--as admin is for PostgreSQL, and %s: a dump may hold the accounts of its server, and would take that of the engine away"
              .formatted(where));
    }
  }

  /// Dumps with binary data are passed on as they are, and what they say is for the server alone.
  private static List<String> options(Loading loading) {
    var options = new ArrayList<>(List.of("--batch", "--binary-mode"));
    loading.database().ifPresent(name -> options.add("--database=" + name));
    return options;
  }

  @Override
  public String leftBy(Loading loading) {
    return "What was loaded before stays: MariaDB commits with each CREATE and DROP.";
  }

  private static Path find() throws IOException {
    return ClientProgram.find(List.of("mariadb", "mysql"), ADVICE);
  }
}
