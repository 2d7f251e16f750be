package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.Secret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The last place where a password is looked for, and only when one is needed.
public final class StandardInput {
  private static final Duration SILENCE = Duration.ofSeconds(1);

  private StandardInput() {}

  /// The password in the first line of `in`.
  ///
  /// @param patience how long the line is waited for, because whoever holds the other end may never
  ///   write, nor close it
  /// @param notices hears that it is being waited for
  /// @throws InvalidInputException when there is none, telling every way to give one, or when it
  ///   breaks the rules
  public static Secret password(InputStream in, Duration patience, Consumer<String> notices)
      throws InvalidInputException, InterruptedException {
    var problems = new Problems();
    Optional<Secret> password =
        lineInTime(in, patience, notices)
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

  /// A read cannot be called off, so it is left behind on a thread that keeps nobody.
  private static Optional<String> lineInTime(
      InputStream in, Duration patience, Consumer<String> notices) throws InterruptedException {
    var line = new LinkedBlockingQueue<Optional<String>>();
    Thread.ofPlatform().daemon().name("standard input").start(() -> line.add(firstLine(in)));
    Optional<String> soon = line.poll(SILENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (soon != null) {
      return soon;
    }
    notices.accept(
        "Waiting up to "
            + patience.toSeconds()
            + " s for the master password on standard input; DB_PASSWORD and --db_password_file"
            + " are other ways to give it.");
    Optional<String> late = line.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return late == null ? Optional.empty() : late;
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
