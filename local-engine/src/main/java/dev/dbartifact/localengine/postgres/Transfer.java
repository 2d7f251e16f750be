package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.Pipeline;
import dev.dbartifact.localengine.program.ProgramFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Brings one database from a server to another, both of which run for the engine alone:
/// definitions as superuser, data and what is made from them as [Restorer].
///
/// `pg_restore` talks to the server itself; unlike `psql` it takes nothing in a dump for a command
/// of its own.
///
/// @param folder for the definitions, the engine's
record Transfer(
    ServerProcess from, ServerProcess to, DumpPrograms programs, Path folder, UpgradeLog log) {

  /// A line of the list of what is in a dump; see `--list` of pg_restore in the documentation of
  /// PostgreSQL.
  private static final String SCHEMA = "\\d+; \\d+ \\d+ SCHEMA - .*";

  private static final String EXTENSION = "\\d+; \\d+ \\d+ EXTENSION - .*";

  /// What is said of the database itself, but for its settings. `pg_restore` takes it only where it
  /// makes the database; see `_tocEntryRequired` in `pg_backup_archiver.c`.
  private static final String OF_DATABASE =
      "\\d+; \\d+ \\d+ (ACL|COMMENT|SECURITY LABEL) - DATABASE .*";

  /// Each in the name of its owner, who gets what the [OfferedExtensions] grant.
  private static final String EXTENSIONS =
      """
      SELECT unnest(ARRAY[
        'SET SESSION AUTHORIZATION "' || replace(pg_get_userbyid(extowner), '"', '""') || '"',
        'CREATE EXTENSION IF NOT EXISTS "' || replace(extname, '"', '""') || '" SCHEMA "'
          || replace(nspname, '"', '""') || '"',
        'RESET SESSION AUTHORIZATION'])
      FROM (SELECT extowner, extname, nspname
        FROM pg_extension e JOIN pg_namespace n ON n.oid = extnamespace ORDER BY e.oid) AS made\
      """;

  void run(String database) throws IOException {
    log.note("Database '%s': definitions".formatted(database));
    var definitions = folder.resolve("definitions");
    dump(database, List.of("--create", "--section=pre-data", "--file=" + definitions));
    makeDatabase(definitions);
    var opening = open(database);
    makeExtensions(database);
    var rest = list(definitions, line -> !line.matches(SCHEMA) && !line.matches(EXTENSION));
    restore(ServerSettings.SUPERUSER, database, List.of("--use-list=" + rest), definitions);
    log.note("Database '%s': data".formatted(database));
    pipeData(database);
    log.note("Database '%s': indexes and constraints".formatted(database));
    dump(database, List.of("--section=post-data", "--file=" + definitions));
    restore(Restorer.USER, database, List.of("--jobs=" + jobs()), definitions);
    end(opening);
  }

  private static int jobs() {
    return Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 8);
  }

  /// With its settings, its privileges, and its schemas, which extensions lie in.
  private void makeDatabase(Path definitions) throws IOException {
    var chosen = list(definitions, line -> line.matches(SCHEMA) || line.matches(OF_DATABASE));
    restore(
        ServerSettings.SUPERUSER,
        Foundation.DATABASE,
        List.of("--create", "--use-list=" + chosen),
        definitions);
  }

  private Opening open(String database) throws IOException {
    try (var session = to.session()) {
      return Opening.of(database, session);
    }
  }

  private void end(Opening opening) throws IOException {
    try (var session = to.session()) {
      opening.end(session);
    }
  }

  private void makeExtensions(String database) throws IOException {
    try (var old = from.session(database);
        var session = to.session(database)) {
      session.executeAll(old.list(EXTENSIONS));
    }
  }

  private interface Choice {
    boolean takes(String line);
  }

  private Path list(Path definitions, Choice choice) throws IOException {
    var listed = folder.resolve("list");
    run(
        List.of(
            new Pipeline.Stage(
                List.of(
                    programs.restore().toString(),
                    "--list",
                    // Or it would leave out what is said of the database.
                    "--create",
                    "--file=" + listed,
                    definitions.toString()),
                Map.of())));
    var chosen = folder.resolve("chosen");
    Files.writeString(
        chosen,
        Files.readAllLines(listed).stream()
            .filter(line -> !line.startsWith(";"))
            .filter(choice::takes)
            .collect(Collectors.joining("\n", "", "\n")));
    return chosen;
  }

  private void dump(String database, List<String> what) throws IOException {
    run(List.of(dumping(database, what)));
  }

  private void restore(String user, String database, List<String> how, Path dump)
      throws IOException {
    run(
        List.of(
            restoring(
                user, database, Stream.concat(how.stream(), Stream.of(dump.toString())).toList())));
  }

  private void pipeData(String database) throws IOException {
    run(
        List.of(
            dumping(database, List.of("--section=data")),
            restoring(Restorer.USER, database, List.of("--section=data"))));
  }

  private Pipeline.Stage dumping(String database, List<String> what) throws IOException {
    return new Pipeline.Stage(
        Stream.of(
                List.of(programs.dump().toString(), "--format=custom", "--compress=0"),
                List.of("--quote-all-identifiers", "--no-subscriptions", "--no-tablespaces"),
                at(from, ServerSettings.SUPERUSER, database),
                what)
            .flatMap(List::stream)
            .toList(),
        Map.of("PGOPTIONS", SessionOptions.ofSuperuser(from.major())));
  }

  private Pipeline.Stage restoring(String user, String database, List<String> how)
      throws IOException {
    var options =
        user.equals(Restorer.USER)
            ? SessionOptions.of(user, to.major())
            : SessionOptions.ofSuperuser(to.major());
    return new Pipeline.Stage(
        Stream.of(
                List.of(programs.restore().toString(), "--exit-on-error"),
                at(to, user, database),
                how)
            .flatMap(List::stream)
            .toList(),
        Map.of("PGOPTIONS", options));
  }

  /// A name may look like a connection string, so it is part of one.
  private static List<String> at(ServerProcess server, String user, String database)
      throws IOException {
    var running =
        server
            .postmaster()
            .orElseThrow(() -> new IOException("The server of " + server.name() + " does not run"));
    return List.of(
        "--no-password",
        "--dbname=host='%s' port=%d user='%s' dbname='%s' sslmode=disable gssencmode=disable"
            .formatted(
                escaped(running.socketFile().getParent().toString()),
                running.port(),
                user,
                escaped(database)));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("'", "\\'");
  }

  private void run(List<Pipeline.Stage> stages) throws IOException {
    try {
      log.said(Pipeline.run(stages));
    } catch (ProgramFailedException e) {
      log.said(e.errors());
      throw new IOException(reason(e));
    }
  }

  /// Without the statement that was refused: it may hold a secret.
  private static String reason(ProgramFailedException failure) {
    return failure
        .errors()
        .lines()
        .filter(line -> line.contains(": error: "))
        .findFirst()
        .orElse(failure.getMessage().lines().findFirst().orElseThrow());
  }
}
