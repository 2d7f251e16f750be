package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.server.HostException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// `start --detach`: starts the same command again, in the background, and waits until it answers.
final class DetachedStart {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int SHOWN_LINES = 10;

  private DetachedStart() {}

  static int run(Arguments arguments, Terminal terminal)
      throws IOException, HostException, InterruptedException {
    var running = RunningEngine.find(arguments.directory());
    if (running.isPresent()) {
      return same(running.get(), arguments, terminal);
    }
    var lock = EngineLock.take(arguments.directory());
    if (lock.isEmpty()) {
      terminal.err().println(StartCommand.alreadyRunning(arguments.directory()));
      return 1;
    }
    lock.get().close();
    var before = LogTail.fromNow(arguments.directory()).before();
    return await(launch(arguments), arguments.directory(), before, terminal);
  }

  private static int same(RunningEngine running, Arguments arguments, Terminal terminal)
      throws IOException {
    terminal.out().println("The local engine is already running at " + running.endpoint());
    var others = OtherSettings.of(running, arguments);
    if (others.isEmpty()) {
      return 0;
    }
    terminal
        .err()
        .printf(
            "It was started otherwise: %s. Stop it first: %s%n",
            String.join("; ", others), arguments.directory().commandLine("stop"));
    return 1;
  }

  private static Process launch(Arguments arguments) throws IOException {
    var log = arguments.directory().log();
    if (!Files.exists(log)) {
      Files.createFile(
          log, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
    return new ProcessBuilder(inBackground(inForeground(ownCommandLine(), arguments)))
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }

  private static List<String> ownCommandLine() throws IOException {
    return List.of(
        Files.readString(Path.of("/proc/self/cmdline"), StandardCharsets.UTF_8).split("\0"));
  }

  /// The same start without `--detach`, whichever way that was written: what detaches itself again
  /// would do so without end.
  ///
  /// @param line of a JVM with the command `start`
  static List<String> inForeground(List<String> line, Arguments arguments) {
    var start = line.indexOf(Command.START.word());
    if (start < 0) {
      throw new IllegalArgumentException("No start: " + line);
    }
    var foreground = new ArrayList<>(line.subList(0, start + 1));
    for (var option : arguments.line().getOptions()) {
      if (!option.getLongOpt().equals(CommandOption.DETACH.longName())) {
        var value = option.hasArg() ? "=" + option.getValue() : "";
        foreground.add("--" + option.getLongOpt() + value);
      }
    }
    return foreground;
  }

  /// In a session of its own, where the terminal's Ctrl-C and its end do not reach.
  private static List<String> inBackground(List<String> command) {
    var setsid = Path.of("/usr/bin/setsid");
    if (!Files.isExecutable(setsid)) {
      return command;
    }
    var detached = new ArrayList<>(List.of(setsid.toString()));
    detached.addAll(command);
    return detached;
  }

  /// @param before the size of the log when this engine was started
  private static int await(
      Process process, EngineDirectory directory, long before, Terminal terminal)
      throws IOException, InterruptedException {
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var running = RunningEngine.find(directory);
      if (running.isPresent()) {
        terminal
            .out()
            .printf(
                "The local engine answers at %s (data in %s, log in %s).%n",
                running.get().endpoint(), directory, directory.log().getFileName());
        return 0;
      }
      if (process.waitFor(PAUSE)) {
        return gaveUp("The local engine did not start:", directory, before, terminal);
      }
    }
    return gaveUp(
        "The local engine does not answer after %d s:".formatted(PATIENCE.toSeconds()),
        directory,
        before,
        terminal);
  }

  /// Shows what this engine said, not those before it.
  static int gaveUp(String message, EngineDirectory directory, long before, Terminal terminal)
      throws IOException {
    var lines = new LogTail(directory.log(), before).lines();
    terminal.err().println(message);
    if (lines.isEmpty()) {
      var free = Files.getFileStore(directory.root()).getUsableSpace();
      terminal
          .err()
          .printf("  It said nothing. The file system there has %s left.%n", Sizes.of(free));
    }
    lines
        .subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size())
        .forEach(line -> terminal.err().println("  " + line));
    terminal.err().println("The whole log is " + directory.log());
    return 1;
  }
}
