package dev.dbartifact.converger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version of this converger.
final class Version {
  private static final String FILE = "version.properties";

  private Version() {}

  static String text() {
    try (InputStream in = Version.class.getResourceAsStream(FILE)) {
      var properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
