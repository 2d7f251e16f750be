package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/// Runs the system's own programs to their end. They speak English (`LC_ALL=C`), whatever the
/// user's locale, have the engine's mark, and get nothing else of its environment than a server
/// does: some run as the servers' account, where a server could read it.
public final class Program {
  private static final Executor READERS = Thread::startVirtualThread;
  private static final List<Path> SYSTEM_FOLDERS =
      List.of(Path.of("/usr/sbin"), Path.of("/usr/bin"), Path.of("/sbin"), Path.of("/bin"));

  private Program() {}

  /// Where the program is: on the search path, or in the system's own folders, which an
  /// unprivileged user's search path often leaves out.
  public static Optional<Path> find(String name) {
    var searchPath = Optional.ofNullable(System.getenv("PATH")).orElse("");
    var folders =
        Stream.of(searchPath.split(":")).filter(folder -> !folder.isEmpty()).map(Path::of);
    return Stream.concat(folders, SYSTEM_FOLDERS.stream())
        .map(folder -> folder.resolve(name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// Runs a program and answers what it printed.
  ///
  /// @throws ProgramFailedException if it ends with another exit code than 0
  public static String run(String... command) throws IOException {
    return run(List.of(command));
  }

  /// The same, for at most this time: a program that does not end is left alone then, if it cannot
  /// even be killed because it waits for the disk.
  public static String runWithin(Duration limit, String... command) throws IOException {
    return run(List.of(command), Optional.of(limit));
  }

  /// Runs a program and answers what it printed.
  ///
  /// @throws ProgramFailedException if it ends with another exit code than 0
  public static String run(List<String> command) throws IOException {
    return run(command, Optional.empty());
  }

  private static String run(List<String> command, Optional<Duration> limit) throws IOException {
    var process = start(command);
    var output = read(process.getInputStream());
    var errors = read(process.getErrorStream());
    try {
      if (limit.isPresent() && !process.waitFor(limit.get())) {
        process.destroyForcibly();
        throw new IOException(
            "'%s' did not end within %d s"
                .formatted(String.join(" ", command), limit.get().toSeconds()));
      }
      var code = process.waitFor();
      if (code != 0) {
        throw new ProgramFailedException(command, code, output.get(), errors.get());
      }
      return output.get();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while running " + command.getFirst());
    } catch (ExecutionException e) {
      throw new IOException("Could not read what " + command.getFirst() + " printed", e.getCause());
    }
  }

  private static Process start(List<String> command) throws IOException {
    var located =
        Stream.concat(Stream.of(locate(command.getFirst())), command.stream().skip(1)).toList();
    var builder =
        EngineMark.on(ServerEnvironment.only(new ProcessBuilder(located)))
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    builder.environment().put("LC_ALL", "C");
    return builder.start();
  }

  private static String locate(String name) throws IOException {
    if (name.indexOf('/') >= 0) {
      return name;
    }
    return find(name)
        .map(Path::toString)
        .orElseThrow(() -> new IOException("There is no program '" + name + "' on this machine"));
  }

  private static CompletableFuture<String> read(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            throw new CompletionException(new UncheckedIOException(e));
          }
        },
        READERS);
  }
}
