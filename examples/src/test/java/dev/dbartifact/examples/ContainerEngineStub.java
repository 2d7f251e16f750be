package dev.dbartifact.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Stands where `docker` is looked for, and writes down how it was called. The wrapper in front of
/// it is the real one.
final class ContainerEngineStub {
  private static final String PROGRAM =
      """
      #!/bin/bash
      here=%s
      # Tells that it has come to this phase, and stays in it until it is let go on.
      hold() {
        [ "$1" = "${STUB_HOLD:-}" ] || return 0
        touch "$here/in-$1"
        until [ -e "$here/go-on" ]; do sleep 0.02; done
      }
      echo "$1" >>"$here/calls"
      case $1 in
        run)
          # What the client is sent before the container runs is lost, unless it pulls the image.
          trap '' TERM
          [ -z "${STUB_NO_IMAGE:-}" ] || trap 'exit 125' TERM
          printf '%%s\\n' "$@" >"$here/arguments"
          env >"$here/environment"
          tr '\\0' '\\n' </proc/$PPID/cmdline >"$here/wrapper"
          cat >"$here/stdin"
          hold making
          touch "$here/made"
          hold made
          mv "$here/made" "$here/running" 2>/dev/null || exit 125
          for i in $(seq 0 ${STUB_TENTHS:-0}); do
            [ ! -e "$here/stopped" ] || exit 143
            [ "$i" = 0 ] || sleep 0.1
          done
          case " $* " in *" --help "*) echo "the options of the image" ;; esac
          exit ${STUB_EXIT:-0}
          ;;
        kill)
          [ -e "$here/running" ] || exit 1
          [ "$(grep -c kill "$here/calls")" -le "${STUB_DEAF_TO:-0}" ] || touch "$here/stopped"
          ;;
        rm) mv "$here/made" "$here/removed" 2>/dev/null ;;
        info) hold info; echo "${STUB_INFO:-}" >&2; [ -z "${STUB_INFO:-}" ] ;;
        image) [ -z "${STUB_NO_IMAGE:-}" ] ;;
      esac
      """;

  private final Path folder;

  private ContainerEngineStub(Path folder) {
    this.folder = folder;
  }

  static ContainerEngineStub in(Path folder) throws IOException {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path program = Files.writeString(bin.resolve("docker"), PROGRAM.formatted(folder));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new ContainerEngineStub(folder);
  }

  /// The environment of a user who has nothing but this engine and an empty home.
  ProcessBuilder command(Map<String, String> variables, List<String> command) throws IOException {
    var start = new ProcessBuilder(command);
    start.environment().clear();
    start.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    start.environment().put("HOME", Files.createDirectories(home()).toString());
    start.environment().putAll(variables);
    return start;
  }

  Path home() {
    return folder.resolve("home");
  }

  /// The arguments of the last `run`, from `run` on, without the name of the container, which is
  /// another each time.
  List<String> arguments() throws IOException {
    var arguments = new ArrayList<>(Files.readAllLines(folder.resolve("arguments")));
    int name = arguments.indexOf("--name");
    if (!arguments.get(name + 1).matches("db-artifact-converge-[0-9]+-[0-9]+")) {
      throw new IllegalStateException("not a name of a container: " + arguments.get(name + 1));
    }
    arguments.subList(name, name + 2).clear();
    return arguments;
  }

  List<String> environment() throws IOException {
    return Files.readAllLines(folder.resolve("environment"));
  }

  /// The command line of the wrapper, as `ps` shows it.
  List<String> wrapper() throws IOException {
    return Files.readAllLines(folder.resolve("wrapper"));
  }

  String stdin() throws IOException {
    return Files.readString(folder.resolve("stdin"));
  }

  List<String> calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : new ArrayList<>();
  }

  boolean wasStopped() {
    return Files.exists(folder.resolve("stopped"));
  }

  boolean wasStarted() {
    return Files.exists(folder.resolve("running"));
  }

  void awaitCall(String command) throws Exception {
    Await.until("the call of " + command, () -> calls().contains(command));
  }

  /// Until a program is in the phase of `STUB_HOLD`.
  void awaitPhase(String phase) throws Exception {
    Await.until("the phase " + phase, () -> Files.exists(folder.resolve("in-" + phase)));
  }

  void goOn() throws IOException {
    Files.createFile(folder.resolve("go-on"));
  }

  void awaitRunning(Process wrapper) throws Exception {
    Await.until(
        "the container of the stub",
        () -> {
          if (!wrapper.isAlive()) {
            throw new IllegalStateException("ended before the container ran");
          }
          return Files.exists(folder.resolve("running"));
        });
  }
}
