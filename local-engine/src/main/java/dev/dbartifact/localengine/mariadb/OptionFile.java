package dev.dbartifact.localengine.mariadb;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A `my.cnf` with one section: MariaDB Knowledge Base, "Configuring MariaDB with Option Files".
///
/// The server reads a line into a buffer of 4096 bytes (`search_default_file_with_ext` in
/// `mysys/my_default.c` of MariaDB). What does not fit is read as a line of its own: another
/// option, whichever the value wants.
public final class OptionFile {
  /// In bytes; somewhat less than the buffer.
  private static final int LONGEST_LINE = 4000;

  private OptionFile() {}

  /// Whether one line of such a file can say this, and does not say anything else.
  public static boolean holds(String option, String value) {
    return value.chars().noneMatch(Character::isISOControl)
        && line(option, value).getBytes(StandardCharsets.UTF_8).length <= LONGEST_LINE;
  }

  /// @throws IllegalArgumentException if the file cannot hold a setting, see [#holds]
  static String write(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> checked(setting.getKey(), setting.getValue()))
        .collect(Collectors.joining("", "[mariadbd]\n", ""));
  }

  private static String checked(String option, String value) {
    if (!holds(option, value)) {
      throw new IllegalArgumentException("No option file can hold this value of " + option);
    }
    return line(option, value);
  }

  private static String line(String option, String value) {
    return "%s=\"%s\"\n".formatted(option, escaped(value));
  }

  private static String escaped(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  /// What [#write] wrote.
  static Map<String, String> parse(String text) {
    var settings = new LinkedHashMap<String, String>();
    text.lines()
        .filter(line -> line.matches("[a-z0-9_]+=\".*\""))
        .forEach(line -> {
          var equals = line.indexOf('=');
          var quoted = line.substring(equals + 2, line.length() - 1);
          settings.put(line.substring(0, equals), quoted.replaceAll("\\\\(.)", "$1"));
        });
    return settings;
  }
}
