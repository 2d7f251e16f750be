package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Finds the master password: on the command line, in a file, in the environment, in that order.
/// Messages tell where it came from and which rule it breaks, never the text.
final class PasswordReader {
  private static final String STANDARD_INPUT = "-";

  private final GivenOptions given;
  private final Problems problems;
  private final List<String> warnings;
  private final StandardInput standardInput;
  private final String sender;

  /// @param sender where whoever writes to standard input has the password from, as its user knows
  ///   it; such as `DB_PASSWORD`
  PasswordReader(
      GivenOptions given,
      Problems problems,
      List<String> warnings,
      StandardInput standardInput,
      Optional<String> sender) {
    this.given = given;
    this.sender = sender.orElse("standard input");
    this.problems = problems;
    this.warnings = warnings;
    this.standardInput = standardInput;
  }

  Optional<Secret> read() throws InterruptedException {
    if (given.isOnCommandLine(OptionNames.DB_PASSWORD)) {
      warnings.add(
          "A password on the command line can be read by every user of this machine;"
              + " DB_PASSWORD or --db_password_file are safer.");
      return given.value(OptionNames.DB_PASSWORD, Secret::masterPassword);
    }
    Optional<String> file = given.text(OptionNames.DB_PASSWORD_FILE);
    if (file.isEmpty()) {
      return given.value(OptionNames.DB_PASSWORD, Secret::masterPassword);
    }
    return file.get().equals(STANDARD_INPUT) ? piped() : fromFile(file.get());
  }

  private Optional<Secret> piped() throws InterruptedException {
    Optional<String> line = standardInput.line();
    if (line.isEmpty()) {
      problems.add(sender, "gave no line with a password");
    }
    return line.flatMap(text -> problems.parse(sender, text, Secret::masterPassword));
  }

  private Optional<Secret> fromFile(String file) {
    String where = given.where(OptionNames.DB_PASSWORD_FILE);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return problems.parse(where, StandardInput.firstLine(in), Secret::masterPassword);
    } catch (NoSuchFileException missing) {
      problems.add(where, "there is no file '" + file + "'");
    } catch (AccessDeniedException denied) {
      problems.add(where, "'" + file + "' cannot be read: permission denied");
    } catch (IOException | InvalidPathException unreadable) {
      problems.add(where, "'" + file + "' cannot be read: " + unreadable.getMessage());
    }
    return Optional.empty();
  }
}
