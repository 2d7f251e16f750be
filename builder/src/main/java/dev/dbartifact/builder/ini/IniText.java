package dev.dbartifact.builder.ini;

import dev.dbartifact.artifact.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The lines of an INI file: UTF-8 with or without a byte order mark, any line ends.
record IniText(List<String> lines) {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  IniText {
    lines = List.copyOf(lines);
  }

  /// Nothing, and a problem, if the file cannot be read as text.
  static Optional<IniText> read(Path file, Problems problems) {
    String where = file.getFileName() == null ? file.toString() : file.getFileName().toString();
    if (Files.isDirectory(file)) {
      problems.add(where, "is a folder; the builder reads an INI file");
      return Optional.empty();
    }
    try {
      return decoded(Files.readAllBytes(file), where, problems);
    } catch (NoSuchFileException missing) {
      problems.add(where, "does not exist; looked for " + file.toAbsolutePath());
    } catch (AccessDeniedException denied) {
      problems.add(where, "cannot be read: permission denied for " + file.toAbsolutePath());
    } catch (IOException unreadable) {
      problems.add(where, "cannot be read: " + unreadable.getMessage());
    }
    return Optional.empty();
  }

  private static Optional<IniText> decoded(byte[] bytes, String where, Problems problems) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) {
        return Optional.of(of(text));
      }
    } catch (CharacterCodingException notText) {
      // Told below, together with text that holds zero bytes.
    }
    problems.add(where, "is not a text file in UTF-8; the builder reads an INI file");
    return Optional.empty();
  }

  static IniText of(String text) {
    var plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return new IniText(plain.lines().toList());
  }
}
