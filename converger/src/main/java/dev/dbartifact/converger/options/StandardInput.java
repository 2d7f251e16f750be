package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The last place where a password is looked for, and only when one is needed.
public final class StandardInput {
  private StandardInput() {}

  /// The password in the first line of `in`.
  ///
  /// @throws InvalidInputException when there is none, telling every way to give one, or when it
  ///   breaks the rules
  public static Secret password(InputStream in) throws InvalidInputException {
    var problems = new Problems();
    Optional<Secret> password =
        firstLine(in)
            .flatMap(line -> problems.parse("standard input", line, Secret::masterPassword));
    if (password.isEmpty() && problems.isEmpty()) {
      problems.add(
          "password",
          "is missing; give it in the variable DB_PASSWORD, with --db_password_file FILE, or on"
              + " standard input");
    }
    problems.throwIfAny("Could not go on without a master password");
    return password.orElseThrow();
  }

  private static Optional<String> firstLine(InputStream in) {
    try {
      var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return Optional.ofNullable(reader.readLine()).filter(line -> !line.isEmpty());
    } catch (IOException closed) {
      return Optional.empty();
    }
  }
}
