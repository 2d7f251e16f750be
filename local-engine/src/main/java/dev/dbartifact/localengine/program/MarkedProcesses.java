package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// All processes that have a mark, but those that this very process has started. The kernel shows
/// an environment to its own user; root without the capability SYS_PTRACE, as in a container, asks
/// as that user.
///
/// @param account that some of them run as
/// @param users whose processes are looked at
record MarkedProcesses(EngineMark mark, ServerAccount account, Set<String> users) {
  private static final Path PROCESSES = Path.of("/proc");
  private static final String ENVIRONMENT = "environ";

  /// No file matched, or one could not be read that is gone by now; see grep(1).
  private static final List<Integer> NOT_ALL_MATCHED = List.of(1, 2);

  MarkedProcesses {
    users = Set.copyOf(users);
  }

  List<LeftProgram> find() throws IOException {
    var found = new ArrayList<LeftProgram>();
    var hidden = new ArrayList<Path>();
    for (var folder : theirs()) {
      try {
        marked(folder).ifPresent(found::add);
      } catch (AccessDeniedException e) {
        hidden.add(folder);
      } catch (IOException e) {
        if (Files.exists(folder.resolve("exe"))) {
          throw e;
        }
      }
    }
    found.addAll(amongTheAccounts(hidden));
    return found.stream().filter(each -> !isOwn(each.process())).toList();
  }

  /// Those of the users. A read of the environment of a process that the kernel holds up may wait
  /// for as long: root is not to do that for anybody else's.
  private List<Path> theirs() throws IOException {
    return all().stream().filter(folder -> isOf(users, folder)).toList();
  }

  private static boolean isOf(Set<String> users, Path folder) {
    try {
      return users.contains(Files.getOwner(folder).getName());
    } catch (IOException e) {
      // Gone.
      return false;
    }
  }

  private static List<Path> all() throws IOException {
    try (var folders = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      var all = new ArrayList<Path>();
      folders.forEach(all::add);
      return all;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /// Looked at twice: in between, its number may have become that of another one.
  private Optional<LeftProgram> marked(Path folder) throws IOException {
    if (!isMarked(folder)) {
      return Optional.empty();
    }
    var program = LeftProgram.of(pid(folder));
    return isMarked(folder) ? program : Optional.empty();
  }

  private boolean isMarked(Path folder) throws IOException {
    return mark.isIn(Files.readString(folder.resolve(ENVIRONMENT), StandardCharsets.ISO_8859_1));
  }

  private static long pid(Path folder) {
    return Long.parseLong(folder.getFileName().toString());
  }

  private List<LeftProgram> amongTheAccounts(List<Path> hidden) throws IOException {
    var theirs = hidden.stream().filter(this::isTheAccounts).toList();
    var found = new ArrayList<LeftProgram>();
    if (!theirs.isEmpty()) {
      // Twice, as above.
      for (var folder : asTheAccount(theirs)) {
        var program = LeftProgram.of(pid(folder));
        if (program.isPresent() && !asTheAccount(List.of(folder)).isEmpty()) {
          found.add(program.get());
        }
      }
    }
    return found;
  }

  private boolean isTheAccounts(Path folder) {
    return !account.serverUser().equals(account.engineUser())
        && isOf(Set.of(account.serverUser()), folder);
  }

  /// Which of these that account finds marked.
  private List<Path> asTheAccount(List<Path> folders) throws IOException {
    var search =
        Stream.of(
            "grep",
            "--null-data",
            "--files-with-matches",
            "--no-messages",
            "--extended-regexp",
            "--regexp=" + mark.pattern(),
            "--");
    var files = folders.stream().map(folder -> folder.resolve(ENVIRONMENT).toString());
    return said(account.as(Stream.concat(search, files).toList()))
        .lines()
        .map(line -> Path.of(line).getParent())
        .toList();
  }

  private static String said(List<String> search) throws IOException {
    try {
      return Program.run(search);
    } catch (ProgramFailedException e) {
      if (NOT_ALL_MATCHED.contains(e.code())) {
        return e.output();
      }
      throw e;
    }
  }

  private static boolean isOwn(LivingProcess process) {
    var self = ProcessHandle.current();
    var each = ProcessHandle.of(process.pid());
    while (each.isPresent() && !each.get().equals(self)) {
      each = each.get().parent();
    }
    return each.isPresent();
  }
}
