package dev.dbartifact.converger.migration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes changelogs for tests.
record ChangelogFolder(Path root) {
  static final String XML_HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://www.liquibase.org/xml/ns/dbchangelog
              http://www.liquibase.org/xml/ns/dbchangelog/dbchangelog-latest.xsd">
      """;

  ChangelogFolder with(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return this;
  }

  ChangelogFolder withXml(String path, String body) throws IOException {
    return with(path, XML_HEAD + body + "</databaseChangeLog>\n");
  }
}
