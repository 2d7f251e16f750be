package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

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
          "dblink", wrapperOf("dblink", "dblink_fdw"),
          "postgres_fdw", wrapperOf("postgres_fdw", "postgres_fdw"));

  private static final String TRUSTED = "trusted = true";
  private static final Pattern SAYS_TRUSTED = Pattern.compile("(?m)^\\s*trusted\\s*=\\s*true");
  private static final String SEPARATOR = "--";
  private static final String MARK = "\n-- for the user who creates it\n";

  private static String wrapperOf(String extension, String wrapper) {
    return toOwner(extension, "SELECT 'USAGE ON FOREIGN DATA WRAPPER %s'".formatted(wrapper));
  }

  private static String functionsOf(String extension) {
    return toOwner(
        extension,
        """
        SELECT pg_catalog.format('EXECUTE ON FUNCTION %s', objid::pg_catalog.regprocedure)
            FROM pg_catalog.pg_depend
            WHERE classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
              AND refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_extension'::pg_catalog.regclass
              AND deptype OPERATOR(pg_catalog.=) 'e'
              AND refobjid OPERATOR(pg_catalog.=) made.oid\
        """);
  }

  /// The name of the owner is read, and not put in by PostgreSQL with `@extowner@`: that is text of
  /// the user's in a script that runs as superuser, and harms, or is refused, with some signs in
  /// it. Other names are qualified: the script runs in a schema that users may write to.
  ///
  /// @param rights a query for what to grant, which sees the extension as `made`
  private static String toOwner(String extension, String rights) {
    return """
    DO $grant$ DECLARE statement pg_catalog.text; BEGIN
      FOR statement IN
        SELECT pg_catalog.format('GRANT %%s TO %%I WITH GRANT OPTION',
            rights.name, pg_catalog.pg_get_userbyid(made.extowner))
        FROM pg_catalog.pg_extension made CROSS JOIN LATERAL (
            %s) rights(name)
        WHERE made.extname OPERATOR(pg_catalog.=) '%s'
      LOOP
        EXECUTE statement;
      END LOOP;
    END $grant$;
    """
        .formatted(rights, extension);
  }

  /// Lets everybody create them who may create a schema in a database: PostgreSQL knows nothing
  /// between that and superusers. Idempotent; each file is whole at every moment.
  void open() throws IOException {
    for (var name : NAMES) {
      var control = folder.resolve(name + ".control");
      if (Files.exists(control)) {
        trust(control);
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
            var made = Files.readString(script).split(Pattern.quote(MARK))[0];
            write(script, made + MARK + GRANTS.get(name));
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

  private static void trust(Path control) throws IOException {
    var content = Files.readString(control);
    if (!content.contains(TRUSTED)) {
      write(control, content + "\n" + TRUSTED + "\n");
    }
  }

  /// Those that users can create: of this list, and whatever else says so.
  Set<String> trusted() throws IOException {
    var names = new TreeSet<String>();
    try (var controls = Files.newDirectoryStream(folder, "*.control")) {
      for (var control : controls) {
        if (SAYS_TRUSTED.matcher(Files.readString(control)).find()) {
          names.add(control.getFileName().toString().replace(".control", ""));
        }
      }
    }
    return names;
  }

  /// Those that are here, whoever may create them.
  Set<String> all() throws IOException {
    var names = new TreeSet<String>();
    try (var controls = Files.newDirectoryStream(folder, "*.control")) {
      controls.forEach(each -> names.add(each.getFileName().toString().replace(".control", "")));
    }
    return names;
  }

  private static void write(Path file, String content) throws IOException {
    if (!content.equals(Files.readString(file))) {
      var draft = file.resolveSibling(file.getFileName() + ".draft");
      Files.writeString(draft, content);
      Files.setPosixFilePermissions(draft, OnceMade.READABLE);
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
