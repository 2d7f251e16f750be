package dev.dbartifact.localengine.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// `pg_dump` and `pg_restore` of one major version. The bundled PostgreSQL comes without them; the
/// system has them beside its servers, and for their clients.
///
/// @param bin the directory of the programs
public record DumpPrograms(int major, Path bin) {

  /// Those of the system.
  public static List<DumpPrograms> find() throws IOException {
    return in(SystemPostgres.ROOT.resolve("lib/postgresql"));
  }

  /// @param folder that holds one for each major version, as Debian's packages lay it out
  static List<DumpPrograms> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var majors = Files.list(folder)) {
      return majors
          .filter(each -> each.getFileName().toString().matches("[0-9]{1,3}"))
          .map(each ->
              new DumpPrograms(
                  Integer.parseInt(each.getFileName().toString()), each.resolve("bin")))
          .filter(DumpPrograms::areThere)
          .sorted(Comparator.comparing(DumpPrograms::major))
          .toList();
    }
  }

  private boolean areThere() {
    return Files.isExecutable(dump()) && Files.isExecutable(restore());
  }

  /// The best of these for what a server of one major version holds and one of another is to hold:
  /// the newest that knows the first and writes nothing that is new to the second. See the notes of
  /// `pg_dump` in the documentation of PostgreSQL.
  public static Optional<DumpPrograms> between(List<DumpPrograms> all, int from, int to) {
    return all.stream()
        .filter(each -> from <= each.major() && each.major() <= to)
        .max(Comparator.comparing(DumpPrograms::major));
  }

  Path dump() {
    return bin.resolve("pg_dump");
  }

  Path restore() {
    return bin.resolve("pg_restore");
  }
}
