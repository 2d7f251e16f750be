package dev.dbartifact.converger.options;

import dev.dbartifact.artifact.InvalidInputException;
import dev.dbartifact.artifact.Problems;
import dev.dbartifact.artifact.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Where a password may come from that stands nowhere else. Whoever holds the other end may never
/// write, nor close it.
///
/// @param patience how long a line is waited for
/// @param notices hears that it is being waited for
public record StandardInput(InputStream in, Duration patience, Consumer<String> notices) {
  /// One that has ended.
  public static final StandardInput NONE =
      new StandardInput(InputStream.nullInputStream(), Duration.ZERO, _ -> {});

  private static final Duration SILENCE = Duration.ofSeconds(1);

  /// No password is nearly as long.
  private static final int MOST_BYTES = 4096;

  /// The password in the first line: the last place where one is looked for, and only when one is
  /// needed.
  ///
  /// @throws InvalidInputException when there is none, telling every way to give one, or when it
  ///   breaks the rules
  public Secret password() throws InvalidInputException, InterruptedException {
    var problems = new Problems();
    Optional<Secret> password =
        line().flatMap(line -> problems.parse("standard input", line, Secret::masterPassword));
    if (password.isEmpty() && problems.isEmpty()) {
      problems.add(
          "password",
          "is missing; give it in the variable DB_PASSWORD, with --db_password_file FILE, or on"
              + " standard input");
    }
    problems.throwIfAny("Could not go on without a master password");
    return password.orElseThrow();
  }

  /// The first line, unless it is empty or does not come in time. A read cannot be called off, so
  /// it is left behind on a thread that keeps nobody.
  Optional<String> line() throws InterruptedException {
    var line = new LinkedBlockingQueue<Optional<String>>();
    Thread.ofPlatform().daemon().name("standard input").start(() -> line.add(lineIfAny()));
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

  private Optional<String> lineIfAny() {
    try {
      return Optional.of(firstLine(in)).filter(line -> !line.isEmpty());
    } catch (IOException closed) {
      return Optional.empty();
    }
  }

  /// What stands before the first line break or the end, as far as a password can reach.
  static String firstLine(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n' && next != '\r'; next = in.read()) {
      line.write(next);
      if (line.size() == MOST_BYTES) {
        break;
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }
}
