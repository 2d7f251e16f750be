package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The extensions that PostgreSQL leaves to superusers and RDS lets its master users create
/// ("Extension versions" in the Amazon RDS for PostgreSQL Release Notes), among those that belong
/// to PostgreSQL. None of them reaches the files or the programs of the machine.
///
/// @param folder `extension` in the share directory of an installation that is the engine's
record OfferedExtensions(Path folder) {
  static final Set<String> NAMES =
      Set.of(
          "amcheck",
          "autoinc",
          "bloom",
          "dblink",
          "dict_xsyn",
          "earthdistance",
          "insert_username",
          "intagg",
          "moddatetime",
          "old_snapshot",
          "pageinspect",
          "pg_buffercache",
          "pg_freespacemap",
          "pg_prewarm",
          "pg_stat_statements",
          "pg_visibility",
          "pg_walinspect",
          "pgrowlocks",
          "pgstattuple",
          "postgres_fdw",
          "refint",
          "sslinfo");

  /// What else their creator needs. Not the functions of `dblink`: `dblink_connect_u` asks for no
  /// password.
  private static final Map<String, String> GRANTS =
      Map.of(
          "amcheck", functionsOf("amcheck"),
          "pg_stat_statements", functionsOf("pg_stat_statements"),
          "pg_walinspect", functionsOf("pg_walinspect"),
          "dblink", wrapper("dblink_fdw"),
          "postgres_fdw", wrapper("postgres_fdw"));

  private static final String TRUSTED = "trusted = true";
  private static final String SEPARATOR = "--";
  private static final String MARK = "\n-- for the user who creates it\n";

  private static String wrapper(String name) {
    return "GRANT USAGE ON FOREIGN DATA WRAPPER %s TO @extowner@ WITH GRANT OPTION;\n"
        .formatted(name);
  }

  /// Names are qualified: the script runs as superuser, in a schema that users may write to.
  private static String functionsOf(String extension) {
    return """
    DO $grant$ DECLARE made pg_catalog.text; BEGIN
      FOR made IN
        SELECT objid::pg_catalog.regprocedure::pg_catalog.text FROM pg_catalog.pg_depend
        WHERE classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
          AND refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
          AND deptype OPERATOR(pg_catalog.=) 'e'
          AND refobjid OPERATOR(pg_catalog.=)
            (SELECT oid FROM pg_catalog.pg_extension WHERE extname OPERATOR(pg_catalog.=) '%s')
      LOOP
        EXECUTE pg_catalog.format(
          'GRANT EXECUTE ON FUNCTION %%s TO @extowner@ WITH GRANT OPTION', made);
      END LOOP;
    END $grant$;
    """
        .formatted(extension);
  }

  /// Lets everybody create them who may create a schema in a database: PostgreSQL knows nothing
  /// between that and superusers. Idempotent; each file is whole at every moment.
  void open() throws IOException {
    for (var name : NAMES) {
      var control = folder.resolve(name + ".control");
      if (Files.exists(control)) {
        extend(control, TRUSTED, "\n" + TRUSTED + "\n");
        grant(name, Files.readAllLines(control));
      }
    }
  }

  /// Whichever way leads to the version that is made by default, its last script grants.
  private void grant(String name, List<String> control) throws IOException {
    if (GRANTS.containsKey(name)) {
      var last = SEPARATOR + defaultVersion(control) + ".sql";
      try (var scripts = Files.newDirectoryStream(folder, name + SEPARATOR + "*.sql")) {
        for (var script : scripts) {
          if (script.getFileName().toString().endsWith(last)) {
            extend(script, MARK, MARK + GRANTS.get(name));
          }
        }
      }
    }
  }

  private static String defaultVersion(List<String> control) throws IOException {
    return control.stream()
        .filter(line -> line.startsWith("default_version"))
        .map(line -> line.replaceAll("[^=]*=\\s*'([^']*)'.*", "$1"))
        .findFirst()
        .orElseThrow(() -> new IOException("An extension without a version: " + control));
  }

  private static void extend(Path file, String mark, String addition) throws IOException {
    var content = Files.readString(file);
    if (!content.contains(mark)) {
      var draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(draft, content + addition);
      Files.setPosixFilePermissions(draft, OnceMade.READABLE);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
