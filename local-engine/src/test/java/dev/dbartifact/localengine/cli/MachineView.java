package dev.dbartifact.localengine.cli;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.EngineMark;
import dev.dbartifact.localengine.program.LivingProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a machine shows of a data directory, whatever the engine there makes of it.
record MachineView(Path directory) {

  /// A process that has to do with the directory.
  ///
  /// @param volume that it is the server of
  record Seen(LivingProcess process, long parent, CommandLine line, Optional<Path> volume) {}

  /// Those that name the directory in their command line or environment, or work in it. But this
  /// one.
  List<Seen> processes() throws IOException {
    var mark = EngineMark.of(directory);
    var seen = new ArrayList<Seen>();
    for (var process : ProcessHandle.allProcesses().toList()) {
      var pid = process.pid();
      if (pid != ProcessHandle.current().pid() && names(pid, mark)) {
        var line = CommandLine.of(pid);
        var parent = process.parent().map(ProcessHandle::pid).orElse(0L);
        LivingProcess.of(pid)
            .filter(each -> !each.hasEnded())
            .ifPresent(each -> seen.add(new Seen(each, parent, line, volume(line))));
      }
    }
    return seen;
  }

  private boolean names(long pid, EngineMark mark) {
    var environment = environment(pid);
    return CommandLine.of(pid).words().stream().anyMatch(this::isNamedIn)
        || isNamedIn(environment)
        || List.of(environment.split("[\0= ]")).contains(mark.directory())
        || folder(pid).filter(each -> each.startsWith(directory)).isPresent();
  }

  private boolean isNamedIn(String text) {
    return Pattern.compile(Pattern.quote(directory.toString()) + "(/|\\W|$)").matcher(text).find();
  }

  private static String environment(long pid) {
    try {
      var file = Path.of("/proc", Long.toString(pid), "environ");
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      // Gone, or of the kernel.
      return "";
    }
  }

  private static Optional<Path> folder(long pid) {
    try {
      return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /// Of a server of PostgreSQL (`-D VOLUME/pgdata`) or MariaDB (`--datadir=VOLUME/mariadb`).
  private static Optional<Path> volume(CommandLine line) {
    var words = line.words();
    var data = words.indexOf("-D");
    if (data >= 0 && data + 1 < words.size()) {
      return Optional.of(Path.of(words.get(data + 1)).getParent());
    }
    return words.stream()
        .filter(word -> word.startsWith("--datadir="))
        .map(word -> Path.of(word.substring(word.indexOf('=') + 1)).getParent())
        .findFirst();
  }

  /// What is mounted below the directory; see proc_pid_mountinfo(5).
  List<String> mounts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
        .map(line -> line.split(" ")[4].replace("\\040", " "))
        .filter(each -> Path.of(each).startsWith(directory))
        .toList();
  }

  /// The files of the directory that loop devices stand for, one for each device.
  List<String> loops() throws IOException {
    var files = new ArrayList<String>();
    try (var devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
      for (var device : devices) {
        var backing = device.resolve("loop/backing_file");
        if (Files.exists(backing)) {
          files.add(Files.readString(backing).strip());
        }
      }
    }
    return files.stream().filter(each -> Path.of(each).startsWith(directory)).toList();
  }
}
