package dev.dbartifact.builder.changelog;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The formats that Liquibase reads, told by the ends of file names as Liquibase tells them.
enum ChangelogFormat {
  XML,
  /// JSON, too: Liquibase reads it with its YAML parser.
  YAML,
  /// Formatted SQL, or plain SQL as one change set. It includes nothing.
  SQL;

  static final String ACCEPTED = ".xml, .yaml, .yml, .json and .sql";

  static Optional<ChangelogFormat> of(String path) {
    var name = path.toLowerCase(Locale.ROOT);
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "xml" -> Optional.of(XML);
      case "yaml", "yml", "json" -> Optional.of(YAML);
      case "sql" -> Optional.of(SQL);
      default -> Optional.empty();
    };
  }

  List<Mention> mentions(Path file) throws IOException, MalformedChangelogException {
    return switch (this) {
      case XML -> XmlMentions.of(file);
      case YAML -> YamlMentions.of(file);
      case SQL -> List.of();
    };
  }
}
