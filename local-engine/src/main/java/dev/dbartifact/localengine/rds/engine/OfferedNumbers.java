package dev.dbartifact.localengine.rds.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The numbers that engine versions can have. RDS has many minor versions, of which a machine has
/// one: it stands behind those of its major version that are not newer. Pure.
public final class OfferedNumbers {

  /// The default first. See "MySQL on Amazon RDS versions" in the Amazon RDS User Guide.
  private static final List<String> MYSQL =
      List.of("8.0.42", "8.0.45", "8.0.44", "8.0.43", "8.0.41", "8.0.40");

  /// The default first. See "Database engine updates for Amazon Aurora MySQL version 3" in the
  /// Aurora MySQL Release Notes, without those that are deprecated there.
  private static final List<String> AURORA_MYSQL =
      Stream.of(
              "08.2", "12.0", "11.1", "11.0", "10.4", "10.3", "10.2", "10.1", "10.0", "09.0",
              "08.1", "08.0", "04.4", "04.3", "04.2", "04.1", "04.0")
          .map(each -> "8.0.mysql_aurora.3." + each)
          .toList();

  /// RDS offers a series of MariaDB from a release on that is generally available.
  private static final int FIRST_OF_MARIADB = 4;

  /// Newest first.
  public static final Comparator<String> NEWEST =
      Comparator.comparing(OfferedNumbers::numbers, Arrays::compare).reversed();

  private OfferedNumbers() {}

  /// Newest first.
  ///
  /// @param server the version of the real server, such as `17.11`
  static List<String> of(Engine engine, String server) {
    return switch (engine) {
      case AURORA_POSTGRESQL, POSTGRES -> upTo(server, 1);
      case MARIADB -> upTo(server, FIRST_OF_MARIADB);
      case AURORA_MYSQL -> AURORA_MYSQL.stream().sorted(NEWEST).toList();
      case MYSQL -> MYSQL.stream().sorted(NEWEST).toList();
    };
  }

  private static List<String> upTo(String server, int first) {
    var dot = server.lastIndexOf('.');
    var last = Integer.parseInt(server.substring(dot + 1));
    return IntStream.rangeClosed(Math.min(first, last), last)
        .mapToObj(minor -> server.substring(0, dot + 1) + minor)
        .sorted(NEWEST)
        .toList();
  }

  /// What one gets who asks for no minor version.
  ///
  /// @param numbers of one major version of the engine, newest first
  static String standard(Engine engine, List<String> numbers) {
    return switch (engine) {
      case AURORA_POSTGRESQL, POSTGRES, MARIADB -> numbers.getFirst();
      case AURORA_MYSQL -> AURORA_MYSQL.getFirst();
      case MYSQL -> MYSQL.getFirst();
    };
  }

  private static int[] numbers(String version) {
    return Arrays.stream(version.split("[^0-9]+")).mapToInt(Integer::parseInt).toArray();
  }
}
