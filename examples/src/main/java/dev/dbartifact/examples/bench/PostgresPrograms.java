package dev.dbartifact.examples.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The system's PostgreSQL programs, of one version.
///
/// @param bin where they are, such as `/usr/lib/postgresql/15/bin`
record PostgresPrograms(Path bin) {
  PostgresPrograms {
    for (var name : List.of("postgres", "pgbench", "pg_basebackup", "pg_dump", "pg_restore")) {
      if (!Files.isExecutable(bin.resolve(name))) {
        throw new IllegalArgumentException("%s holds no program '%s'".formatted(bin, name));
      }
    }
  }

  int major() {
    return Integer.parseInt(bin.getParent().getFileName().toString());
  }

  String version() throws IOException, InterruptedException {
    return new Command(List.of(path("postgres"), "--version"), java.util.Map.of()).run().text();
  }

  String path(String program) {
    return bin.resolve(program).toString();
  }

  /// A client program that knows where to log in and as whom.
  Command client(Database database, String program, String... arguments) {
    var words = new ArrayList<>(List.of(path(program)));
    words.addAll(Arrays.asList(arguments));
    return new Command(words, java.util.Map.of())
        .with("PGHOST", database.host())
        .with("PGPORT", String.valueOf(database.port()))
        .with("PGDATABASE", database.name())
        .with("PGUSER", database.user())
        .with("PGPASSWORD", database.password());
  }
}
