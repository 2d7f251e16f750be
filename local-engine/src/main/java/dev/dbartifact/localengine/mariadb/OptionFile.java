package dev.dbartifact.localengine.mariadb;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// A `my.cnf` with one section: MariaDB Knowledge Base, "Configuring MariaDB with Option Files".
final class OptionFile {
  private OptionFile() {}

  static String write(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> "%s=\"%s\"\n".formatted(setting.getKey(), escaped(setting.getValue())))
        .collect(Collectors.joining("", "[mariadbd]\n", ""));
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
