package dev.dbartifact.localengine.rds.log;

import dev.dbartifact.localengine.server.LogFile;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The names that RDS gives to log files. See "PostgreSQL database log files", "MariaDB database
/// log files" and "Accessing MySQL error logs" in the Amazon RDS User Guide.
final class LogNames {

  /// PostgreSQL begins a file a day, that of a week ago anew.
  private static final Pattern OF_A_DAY = Pattern.compile("postgres-(\\p{Alpha}{3})\\.log");

  private static final Map<String, String> OF_MARIADB =
      Map.of(
          "mariadb.log", "error/mysql-error.log",
          "general.log", "general/mysql-general.log",
          "slow.log", "slowquery/mysql-slowquery.log");

  /// Those of MariaDB that had become long, and were put away; RDS does that every hour.
  private static final Map<String, String> PUT_AWAY =
      Map.of(
          "mariadb-before.log", "error/mysql-error-running.log",
          "general-before.log", "general/mysql-general.log",
          "slow-before.log", "slowquery/mysql-slowquery.log");

  private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("uuuu-MM-dd.HH");

  private LogNames() {}

  /// What an upgrade to another major version left, with the time.
  private static final Pattern OF_AN_UPGRADE =
      Pattern.compile("pg_upgrade_\\p{Alpha}+\\.log\\.\\d+");

  /// Empty for what is no log of a server.
  static Optional<String> of(LogFile file) {
    var written = file.written().atZone(ZoneOffset.UTC);
    var daily = OF_A_DAY.matcher(file.name());
    if (daily.matches()) {
      return day(daily.group(1), written).map(day -> "error/postgresql.log." + day);
    }
    if (OF_AN_UPGRADE.matcher(file.name()).matches()) {
      return Optional.of("error/" + file.name());
    }
    return Optional.ofNullable(PUT_AWAY.get(file.name()))
        .map(name -> name + "." + HOUR.format(written))
        .or(() -> Optional.ofNullable(OF_MARIADB.get(file.name())));
  }

  /// The day of that name that is nearest to the last line. The server counts days in its own time
  /// zone, so the line may seem to be of the day before or after.
  private static Optional<LocalDate> day(String name, ZonedDateTime written) {
    var last = written.toLocalDate();
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH).equals(name))
        .findFirst()
        .flatMap(day ->
            IntStream.rangeClosed(-3, 3)
                .mapToObj(last::plusDays)
                .filter(date -> date.getDayOfWeek() == day)
                .min(Comparator.comparing(date -> Math.abs(ChronoUnit.DAYS.between(last, date)))));
  }
}
