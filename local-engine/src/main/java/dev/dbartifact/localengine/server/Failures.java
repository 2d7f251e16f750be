package dev.dbartifact.localengine.server;

import dev.dbartifact.localengine.program.AddressTakenException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;

/// Tells apart what went wrong below, for those above.
final class Failures {
  private Failures() {}

  /// What is tried below.
  interface Step {
    void run() throws IOException;
  }

  /// What is asked below.
  interface Question<T> {
    T answer() throws IOException;
  }

  /// Tries it.
  ///
  /// @param what follows "Could not"
  static void trying(String what, Step step) throws HostException {
    asking(
        what,
        () -> {
          step.run();
          return null;
        });
  }

  /// The same for what has an answer.
  static <T> T asking(String what, Question<T> question) throws HostException {
    try {
      return question.answer();
    } catch (IOException e) {
      throw of("Could not " + what, e);
    }
  }

  static HostException of(String attempt, IOException failure) {
    var message = attempt + ": " + reason(failure);
    if (failure instanceof AddressTakenException) {
      return new HostException.AddressTaken(message, failure);
    }
    return outOfSpace(failure)
        ? new HostException.OutOfSpace(message, failure)
        : new HostException(message, failure);
  }

  /// Exceptions of the file system often say no more than a path.
  private static String reason(IOException failure) {
    return switch (failure) {
      case NoSuchFileException e -> "there is no " + e.getFile();
      case AccessDeniedException e -> "no permission for " + e.getFile();
      case FileAlreadyExistsException e -> e.getFile() + " is already there";
      default -> failure.getMessage();
    };
  }

  private static boolean outOfSpace(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .map(cause -> String.valueOf(cause.getMessage()))
        .anyMatch(message ->
            message.contains("No space left on device") || message.contains("Disk quota exceeded"));
  }
}
