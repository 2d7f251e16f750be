package dev.dbartifact.localengine.program;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/// By what the programs that an engine runs are known when it was killed, which they outlive: all
/// of them have it in their environment (proc_pid_environ(5)), and so has what they start.
///
/// Database servers have none: they are to outlive their engine.
///
/// @param directory the data directory by its device and inode, as `stat --format=%d:%i` prints
///   them: a path may mean another directory in a container
public record EngineMark(String directory) {
  static final String VARIABLE = "DB_ARTIFACT_LOCAL_ENGINE";

  private static final Set<String> GIVEN = new ConcurrentSkipListSet<>();

  /// That of the engine of a data directory.
  public static EngineMark of(Path dataDirectory) throws IOException {
    var device = Files.getAttribute(dataDirectory, "unix:dev");
    var inode = Files.getAttribute(dataDirectory, "unix:ino");
    return new EngineMark(device + ":" + inode);
  }

  /// From now on every program that this process runs gets it.
  public void give() {
    GIVEN.add(directory);
  }

  /// From now on none does.
  public void withdraw() {
    GIVEN.remove(directory);
  }

  /// Lets a program have what is given.
  public static ProcessBuilder on(ProcessBuilder program) {
    put(program.environment());
    return program;
  }

  static void put(Map<String, String> environment) {
    var given = String.join(" ", GIVEN);
    if (!given.isEmpty()) {
      environment.put(VARIABLE, given);
    }
  }

  /// What it looks like among others, one of an environment's variables; as grep(1) has it, too.
  String pattern() {
    return "^%s=(.* )?%s( .*)?$".formatted(VARIABLE, directory);
  }

  /// Whether it stands in an environment, whose variables end with a zero.
  boolean isIn(String environment) {
    var pattern = Pattern.compile(pattern());
    return environment.contains(VARIABLE)
        && Pattern.compile("\0").splitAsStream(environment).anyMatch(pattern.asPredicate());
  }
}
