package dev.dbartifact.localengine.postgres;

import dev.dbartifact.localengine.program.CommandLine;
import dev.dbartifact.localengine.program.Program;
import dev.dbartifact.localengine.program.ServerAccount;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All processes of the server of one data directory, those among them that have lost their parent:
/// the data directory is where they work. The kernel shows that to their own user; root without the
/// capability SYS_PTRACE, as in a container, asks as that user.
///
/// @param name of the server, which stands in the titles of its processes (`cluster_name`)
record Workers(String name, Path data) {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private static final Path PROCESSES = Path.of("/proc");

  /// Prints each process with where it works.
  private static final String ASK = "for pid do echo \"$pid $(readlink /proc/$pid/cwd)\"; done";

  List<Long> pids() {
    var found = new ArrayList<Long>();
    var hidden = new ArrayList<Long>();
    for (var pid : all()) {
      try {
        var folder = Files.readSymbolicLink(PROCESSES.resolve(Long.toString(pid)).resolve("cwd"));
        if (folder.equals(data)) {
          found.add(pid);
        }
      } catch (AccessDeniedException e) {
        hidden.add(pid);
      } catch (IOException e) {
        // Gone.
      }
    }
    found.addAll(asTheirUser(hidden.stream().filter(this::mayBeOurs).toList()));
    return found;
  }

  /// What the JDK lists it reads several files of, each.
  private List<Long> all() {
    var all = new ArrayList<Long>();
    try (var folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      folders.forEach(folder -> all.add(Long.valueOf(folder.getFileName().toString())));
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("Could not tell which processes work on {}: {}", name, e.getMessage());
    }
    return all;
  }

  private boolean mayBeOurs(long pid) {
    var line = CommandLine.of(pid);
    return line.begins("postgres: " + name + ": ") || Postmaster.isServer(line, data);
  }

  private List<Long> asTheirUser(List<Long> pids) {
    if (pids.isEmpty()) {
      return List.of();
    }
    var command =
        Stream.concat(
            Stream.of("sh", "-c", ASK, "sh"), pids.stream().map(pid -> Long.toString(pid)));
    try {
      return Program.run(ServerAccount.find().as(command.toList()))
          .lines()
          .map(line -> line.split(" ", 2))
          .filter(line -> line[1].equals(data.toString()))
          .map(line -> Long.valueOf(line[0]))
          .toList();
    } catch (IOException e) {
      LOG.warn("Could not tell which processes work on {}: {}", name, e.getMessage());
      return List.of();
    }
  }
}
